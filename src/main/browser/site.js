/* What public pages can do beyond what HTML does; every page works without. */
import './site/share.js';
import './site/phone.js';
import './site/alerts.js';
import './site/watch.js';
