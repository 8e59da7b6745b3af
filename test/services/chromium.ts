import { findProgram, tools } from './tool.ts';

/** Path of a Chromium that a test drives without a window. */
export const findChromium = (): Promise<string> => findProgram(tools.chromium);
