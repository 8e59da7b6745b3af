import './style/public.css';
import { h } from './dom/element.ts';
import { makePublicHeader } from './public/header.ts';
import { PublicPage } from './public/page.ts';
import { theme } from './shell/theme.ts';
import { language } from './text/text.ts';

/** `/p/{site}` */
const site = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const isFramed = new URLSearchParams(location.search).has('embed') || window.self !== window.top;

document.documentElement.lang = language;
document.documentElement.toggleAttribute('data-embed', isFramed);
theme.apply();

const main = h('main', { id: 'main', class: 'ap-width ap-main' });
document.body.replaceChildren(...(isFramed ? [] : [makePublicHeader()]), main);
void new PublicPage(site, main).open();
if (!isFramed && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/assets/worker.js', { scope: '/' });
