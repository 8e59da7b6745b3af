/** Near to Grafana's dark theme, at the width of a usual screen. */
export const pageWidth = 1_600;

export const style = `
body { margin: 0; background: #111217; color: #ccccdc; font: 13px/1.4 system-ui, sans-serif; }
main { width: ${pageWidth}px; padding: 8px; box-sizing: content-box; }
header { display: flex; gap: 16px; align-items: baseline; padding: 8px; }
header h1 { font-size: 18px; margin: 0; font-weight: 500; }
header p { margin: 0; color: #9fa7b3; }
header strong { color: #111217; background: #f2cc0c; padding: 1px 6px; border-radius: 2px; }
a { color: #6e9fff; }
h2 { font-size: 14px; font-weight: 500; margin: 10px 4px 4px; }
section { position: relative; }
article { position: absolute; background: #181b1f; border: 1px solid #24292e; border-radius: 2px; overflow: hidden; box-sizing: border-box; }
article h3 { font-size: 13px; font-weight: 500; margin: 0; padding: 6px 8px; height: 18px; white-space: nowrap; overflow: hidden; }
article h3 small { color: #8e8e8e; font-weight: 400; }
article > div.body { padding: 0 8px 8px; position: relative; }
.nothing { color: #9fa7b3; text-align: center; padding: 12px; }
.stat { display: flex; flex-direction: column; height: 100%; align-items: center; justify-content: space-evenly; text-align: center; }
.stat b { font-weight: 500; line-height: 1.1; }
.stat small { display: block; }
.bars { display: grid; grid-template-columns: fit-content(45%) 1fr max-content; gap: 5px 8px; align-items: center; height: 100%; overflow: hidden; }
.bars > i { background: #22252b; height: 14px; display: block; }
.bars > i > i { display: block; height: 100%; }
.bars b { font-weight: 500; }
svg text { fill: #ccccdc; } svg .axis { fill: #9fa7b3; } svg .grid { stroke: #24292e; }
svg { display: block; }
.legend { overflow: hidden; } .legend table { width: 100%; border-collapse: collapse; font-size: 12px; }
.legend th, .legend td { text-align: right; font-weight: 400; padding: 0 6px; height: 20px; line-height: 20px; white-space: nowrap; }
.legend th:first-child { text-align: left; } .legend tr:first-child th { color: #6e9fff; }
.legend i { display: inline-block; width: 14px; height: 4px; margin-right: 8px; vertical-align: middle; border-radius: 2px; }
.table { height: 100%; overflow: hidden; } .table table { width: 100%; border-collapse: collapse; }
.table th { text-align: left; color: #6e9fff; font-weight: 500; } .table th, .table td { padding: 4px 8px; border-bottom: 1px solid #24292e; }
`;
