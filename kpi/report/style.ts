/** Style of the page: readable on a screen, and on A4 without cut tables. */
export const style = `
@page { size: A4; margin: 16mm; }
:root { color: #222; font: 14px/1.45 system-ui, sans-serif; }
body { max-width: 800px; margin: 0 auto; padding: 24px; background: #fff; }
header { border-bottom: 3px solid #0b5394; margin-bottom: 24px; }
h1 { margin: 0; font-size: 28px; }
h2 { margin: 32px 0 8px; font-size: 20px; color: #0b3d6e; break-after: avoid; }
h3 { margin: 20px 0 6px; font-size: 15px; break-after: avoid; }
.note { color: #555; }
figure { margin: 12px 0; break-inside: avoid; }
figcaption { font-weight: 600; }
svg { max-width: 100%; height: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 4px 8px; border-bottom: 1px solid #ddd; text-align: right; font-weight: normal; }
thead th { border-bottom: 2px solid #0b5394; font-weight: 600; }
th:first-child, td:first-child, .text { text-align: left; }
td:not(.text) { white-space: nowrap; }
tbody th { padding-left: 20px; }
tr.group th { padding-left: 8px; font-weight: 600; background: #f2f6fb; break-after: avoid; }
tr.unknown td { color: #767676; font-style: italic; }
@media print { body { padding: 0; max-width: none; } section { break-before: auto; } a { color: inherit; } }
`;
