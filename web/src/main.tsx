import { render } from 'preact';
import { App } from './app';
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/shell.css';
import './style/map.css';
import './style/core.css';
import './style/topic.css';
import './style/review.css';
import './style/print.css';
import { start } from './state/workbench';

const root = document.getElementById('page');
if (root) {
  root.textContent = '';
  render(<App />, root);
  void start();
}
