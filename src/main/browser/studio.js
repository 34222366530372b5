/* What staff pages can do beyond what HTML does. */
import htmx from 'htmx.org/dist/htmx.esm.js';
import './studio/chooses.js';
import './studio/colour-field.js';
import './studio/copy.js';
import './studio/dialogs.js';
import './studio/diffusion.js';
import './studio/kept-texts.js';
import './studio/keys.js';
import './site/alerts.js';

// Strict Content-Security-Policy: no inline style, no evaluated attribute.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.responseHandling = [
  { code: '204', swap: false },
  { code: '[23]..', swap: true },
  { code: '422', swap: true },
  { code: '[45]..', swap: false, error: true },
];
