import { type LintedBoard, type LintedPanel, panelsOf } from './dashboard.ts';

/** What is wrong and where. */
export interface Finding {
  /** File of the board, relative to the folder of generated boards. */
  readonly board: string;
  /** Title of the panel; absent where the board as a whole is meant. */
  readonly panel?: string;
  readonly rule: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** `it/energy.json:Potenza:unit has no unit` */
export const findingText = ({ board, panel, rule, message }: Finding): string =>
  `${board}:${panel ?? ''}:${rule} ${message}`;

export interface LintInput {
  readonly boards: readonly LintedBoard[];
  /** The boards as they stand committed: what links in use point at. */
  readonly committed: readonly LintedBoard[];
}

export interface Rule {
  /** Short and stable: it stands in findings. */
  readonly name: string;
  readonly check: (input: LintInput) => Finding[];
}

/** A panel's name in a finding. */
export const nameOf = (panel: LintedPanel): string =>
  panel.title === undefined || panel.title === '' ? `#${panel.id}` : panel.title;

/** A rule that looks at one panel at a time and says what is wrong with it. */
export const panelRule = (
  name: string,
  check: (panel: LintedPanel, board: LintedBoard) => readonly string[],
): Rule => ({
  name,
  check: ({ boards }) =>
    boards.flatMap((board) =>
      panelsOf(board.dashboard).flatMap((panel) =>
        check(panel, board).map((message) => ({
          board: board.file,
          panel: nameOf(panel),
          rule: name,
          message,
        })),
      ),
    ),
});

/** A rule that looks at one board at a time. */
export const boardRule = (name: string, check: (board: LintedBoard) => readonly string[]): Rule => ({
  name,
  check: ({ boards }) =>
    boards.flatMap((board) => check(board).map((message) => ({ board: board.file, rule: name, message }))),
});
