internal import Mustache

/// The template of every report: a single file without scripts or external resources.
enum ReportTemplate {
  /// - Throws: Only if the text below has an error.
  static func template() throws -> MustacheTemplate { try MustacheTemplate(string: text) }

  private static let text = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    {{#refreshSeconds}}<meta http-equiv="refresh" content="{{.}}">{{/refreshSeconds}}
    <title>{{title}} – deepspool</title>
    <style>
    \(styles)
    </style>
    </head>
    <body>
    <header>
    <p class="kind">{{kind}}</p>
    <h1>{{title}}</h1>
    {{#verdict}}<p class="verdict">{{.}}</p>{{/verdict}}
    <p class="status">{{status}}</p>
    </header>
    <main>
    <section class="cards">
    {{#cards}}<div class="card"><p class="name">{{name}}</p><p class="value{{#isLong}} small{{/isLong}}">{{value}}</p><p class="note">{{note}}</p></div>{{/cards}}
    </section>
    {{#hasWarnings}}<section class="warnings" id="warnings"><h2>Warnings</h2><ul>{{#warnings}}<li>{{.}}</li>{{/warnings}}</ul></section>{{/hasWarnings}}
    <nav><ul>{{#sections}}<li><a href="#{{id}}">{{title}}</a></li>{{/sections}}</ul></nav>
    {{#sections}}
    <section id="{{id}}"><h2>{{title}}</h2>
    {{#notes}}<p>{{.}}</p>{{/notes}}
    {{#hasCharts}}<div class="charts">{{#charts}}<figure><figcaption>{{caption}}</figcaption>{{{markup}}}</figure>{{/charts}}</div>{{/hasCharts}}
    {{#tables}}
    {{#isFolded}}<details><summary>{{caption}}</summary>{{/isFolded}}
    <div class="scroll"><table>{{^isFolded}}{{#caption}}<caption>{{.}}</caption>{{/caption}}{{/isFolded}}
    <thead><tr>{{#header}}<th{{#isNumber}} class="number"{{/isNumber}}>{{text}}</th>{{/header}}</tr></thead>
    <tbody>{{#rows}}<tr{{#isMarked}} class="marked"{{/isMarked}}>{{#cells}}<td{{#isNumber}} class="number"{{/isNumber}}{{#isLong}} class="long"{{/isLong}}>{{#link}}<a href="{{.}}">{{/link}}{{text}}{{#link}}</a>{{/link}}</td>{{/cells}}</tr>
    {{/rows}}</tbody></table></div>
    {{#isFolded}}</details>{{/isFolded}}
    {{/tables}}
    {{#code}}<pre>{{.}}</pre>{{/code}}
    </section>
    {{/sections}}
    </main>
    <footer><p>{{footer}}</p></footer>
    </body>
    </html>

    """

  private static let styles = """
    :root{color-scheme:light dark;--paper:#fff;--ink:#1c2430;--muted:#5b6675;--grid:#e3e7ec;--line:#c9d0d8;--panel:#f6f8fa;
    --accent:#0b62c4;--series-1:#0b62c4;--series-2:#d9480f;--series-3:#2b8a3e;--series-4:#862e9c;--series-5:#a67c00;--series-6:#0c8599;
    --right:#0b62c4;--wrong:#d9480f;--strong:#fff;--warn:#fff4e0;--warn-line:#e8a33d}
    @media (prefers-color-scheme:dark){:root{--paper:#14181f;--ink:#e6eaf0;--muted:#9aa6b5;--grid:#2a313b;--line:#3b4450;--panel:#1c222b;
    --accent:#6db1ff;--series-1:#6db1ff;--series-2:#ff9b6a;--series-3:#69db7c;--series-4:#da9bf0;--series-5:#ffd43b;--series-6:#66d9e8;
    --right:#3b82d6;--wrong:#d9622b;--strong:#fff;--warn:#3a2e17;--warn-line:#b9822f}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    header,main,footer{max-width:1180px;margin:0 auto;padding:0 24px}
    header{padding-top:28px}h1{margin:0;font-size:28px;line-height:1.25;overflow-wrap:anywhere}h2{margin:0 0 12px;font-size:19px}
    .kind{margin:0;color:var(--muted);font-size:14px}.verdict{margin:8px 0 0;font-size:17px}.status{margin:6px 0 0;color:var(--muted)}
    section{margin:28px 0 0}nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:24px 0 0;padding:10px 0;border-block:1px solid var(--grid)}
    a{color:var(--accent)}.cards{display:flex;flex-wrap:wrap;gap:12px}
    .card{flex:1 1 150px;min-width:150px;max-width:280px;background:var(--panel);border:1px solid var(--grid);border-radius:8px;padding:12px 14px}
    .card p{margin:0}.card .name{color:var(--muted);font-size:13px}.card .value{font-size:25px;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    .card .small{font-size:17px;line-height:1.9}
    .card .note{color:var(--muted);font-size:13px}
    .warnings{background:var(--warn);border:1px solid var(--warn-line);border-radius:8px;padding:12px 18px}.warnings ul{margin:0;padding-left:20px;overflow-wrap:anywhere}
    .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:20px}
    figure{margin:0;min-width:0}figcaption{font-weight:600;margin-bottom:6px}
    .chart{display:block;width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    .chart text{fill:var(--muted)}.chart .title{fill:var(--ink)}.chart .cell{fill:var(--ink)}.chart .strong{fill:var(--strong);font-weight:600}
    .chart .grid{stroke:var(--grid)}.chart .axis{stroke:var(--line)}.chart .chance{stroke:var(--muted);stroke-dasharray:4 4}
    .chart .curve{fill:none;stroke-width:2;stroke-linejoin:round}
    .scroll{overflow-x:auto;margin-top:14px}table{border-collapse:collapse;font-size:14px}caption{text-align:left;font-weight:600;padding-bottom:6px}
    th,td{text-align:left;padding:4px 14px 4px 0;border-bottom:1px solid var(--grid);white-space:nowrap;vertical-align:top}
    .long{min-width:240px;max-width:560px;overflow-wrap:anywhere;white-space:normal}th{color:var(--muted);font-weight:600}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.marked{background:var(--panel);font-weight:600}
    details{margin-top:14px}summary{cursor:pointer;font-weight:600}
    pre{background:var(--panel);border:1px solid var(--grid);border-radius:8px;padding:12px 14px;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
    footer{color:var(--muted);padding:32px 24px;font-size:13px}
    @media print{nav,summary{display:none}body{font-size:12px}section,figure,tr{break-inside:avoid}header,main,footer{max-width:none;padding:0}.scroll{overflow:visible}}
    """
}
