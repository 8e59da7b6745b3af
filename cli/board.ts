import { type Board, readBoard } from '../gateway/http/board.ts';
import { rootFile } from './root.ts';

/** @throws ApertoError `config` where it was not built */
export const openBoard = (): Board => readBoard(rootFile('dist/web'));
