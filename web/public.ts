import './style/public.css';
import { language } from './text/text.ts';

document.documentElement.lang = language;
