/* The writing table. Everything here makes a form better that works without it. */
import './studio.js';
import './editor/one-line.js';
import './editor/tab-title.js';
import './editor/one-more.js';
import './editor/counts.js';
import './editor/language-tabs.js';
import './editor/rich-text.js';
import './editor/picture-list.js';
import './editor/findings.js';
import './editor/writing.js';
