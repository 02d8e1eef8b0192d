/// The style sheet of every page: light, dark, narrow, wide and printed.
enum ReportStyles {
  /// The variables for one kind of screen; charts use them too.
  private static let light = """
    --paper:#fff;--ink:#1c2430;--muted:#566170;--grid:#e3e7ec;--line:#b4bcc6;--panel:#f6f8fa;--accent:#0b5cb8;
    --series-1:#0b62c4;--series-2:#c2410c;--series-3:#2b7a3a;--series-4:#862e9c;--series-5:#8a6700;--series-6:#0b7285;
    --right:#0b62c4;--wrong:#d9480f;--warn:#fff4e0;--warn-line:#e8a33d
    """
  private static let dark = """
    --paper:#14181f;--ink:#e6eaf0;--muted:#a3aebc;--grid:#2a313b;--line:#515c6a;--panel:#1c222b;--accent:#7db9ff;
    --series-1:#6db1ff;--series-2:#ff9b6a;--series-3:#69db7c;--series-4:#da9bf0;--series-5:#ffd43b;--series-6:#66d9e8;
    --right:#3b82d6;--wrong:#d9622b;--warn:#3a2e17;--warn-line:#b9822f
    """
  private static let fonts = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"DejaVu Sans\",sans-serif"

  static let text = """
    :root{color-scheme:light dark;\(light)}
    @media screen and (prefers-color-scheme:dark){:root{\(dark)}}
    @media print{:root{color-scheme:light}}
    *{box-sizing:border-box}[hidden]{display:none!important}
    body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 \(fonts)}
    header,main,footer{max-width:1640px;margin:0 auto;padding:0 24px}
    header{padding-top:28px}h1{margin:0;font-size:28px;line-height:1.25;overflow-wrap:anywhere}h2{margin:0 0 12px;font-size:19px}
    .skip{position:absolute;left:-9999px}.skip:focus{left:24px;top:4px}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    p,li,h2,caption,figcaption,summary,nav a{overflow-wrap:anywhere}.option{white-space:nowrap}section p{max-width:90ch;margin:0 0 8px}
    .kind{margin:0;color:var(--muted);font-size:14px}.verdict{margin:10px 0 0;font-size:19px;font-weight:600;max-width:70ch}
    .assessment{margin:4px 0 0;font-size:16px;max-width:90ch}.status{margin:8px 0 0;color:var(--muted);max-width:110ch}
    main>section,.cards,.warnings{margin:28px 0 0;min-width:0}
    nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:24px 0 0;padding:10px 0;border-block:1px solid var(--grid)}
    nav a{display:inline-block;padding:3px 0}
    a{color:var(--accent)}.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(124px,1fr));gap:12px}
    .card{background:var(--panel);border:1px solid var(--grid);border-radius:8px;padding:12px 14px;min-width:0}
    .card p{margin:0}.card .name,.card .note{color:var(--muted);font-size:13px}
    .card .value{font-size:25px;font-weight:600;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    .card .small{font-size:17px;line-height:1.9}
    .warnings{background:var(--warn);border:1px solid var(--warn-line);border-radius:8px;padding:12px 18px}.warnings ul{margin:0;padding-left:20px}
    .sections{display:grid;grid-template-columns:minmax(0,1fr);column-gap:32px}.sections>section{grid-column:1/-1;margin:32px 0 0;min-width:0}
    @media (min-width:1180px){.sections{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.sections>.narrow{grid-column:auto}}
    .items{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:22px 28px;align-items:start;margin-top:10px}
    figure{margin:0;min-width:0;overflow-x:auto}figcaption{font-weight:600;margin-bottom:6px}
    .chart{display:block;width:100%;height:auto;font:13px \(fonts)}
    .chart text{fill:var(--muted)}.chart .title,.chart .cell{fill:var(--ink)}
    .chart .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round;fill:var(--ink)}
    .chart .grid{stroke:var(--grid)}.chart .axis{stroke:var(--line)}.chart .chance{stroke:var(--muted);stroke-dasharray:4 4}
    .chart .curve{fill:none;stroke-width:2;stroke-linejoin:round}.chart .best{stroke-width:4}
    .chart .faint{fill:none;stroke-width:1;opacity:.35}.chart .interval{stroke:var(--ink);stroke-width:1.5}
    .chart .dots{fill:none;stroke-linecap:round}.whole,.under{display:none}
    @media screen and (min-width:1180px){.whole{display:block}.whole+.usual{display:none}}
    .scroll{overflow-x:auto;min-width:0;background:linear-gradient(to left,var(--paper) 40%,transparent) right/36px 100% no-repeat local,
    linear-gradient(to left,var(--line),transparent) right/12px 100% no-repeat}th:first-child{position:sticky;left:0;background:var(--paper)}.scroll:focus-visible,summary:focus-visible,a:focus-visible,input:focus-visible,button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    .block{margin-top:16px}table{border-collapse:collapse;font-size:14px;width:100%}caption{text-align:left;font-weight:600;padding-bottom:6px}
    th,td{text-align:left;padding:4px 14px 4px 0;border-bottom:1px solid var(--grid);white-space:nowrap;vertical-align:top;font-weight:400}
    th:last-child,td:last-child{padding-right:0}
    .long{min-width:180px;max-width:640px;overflow-wrap:anywhere;white-space:normal}thead th{color:var(--muted);font-weight:600}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.marked,.marked th,.marked td{background:var(--panel);font-weight:600}
    details{margin-top:14px}summary{cursor:pointer;font-weight:600}details .scroll{margin-top:8px;max-height:70vh;overflow-y:auto}
    .slider{background:var(--panel);border:1px solid var(--grid);border-radius:8px;padding:12px 16px;margin:10px 0 0}
    .controls{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:center}.controls input[type=range]{flex:1 1 240px;min-width:0;accent-color:var(--accent)}
    .controls input[type=number]{width:7em}.controls input,.controls button{font:inherit;color:inherit}
    .controls input[type=number],.controls button{background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:3px 8px}
    pre{background:var(--panel);border:1px solid var(--grid);border-radius:8px;padding:12px 14px;margin:6px 0 12px;white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
    .list{columns:52ch auto;column-gap:24px}
    footer{color:var(--muted);padding-block:32px;font-size:13px}
    @media (max-width:560px){header,main,footer{padding-inline:14px}h1{font-size:23px}.verdict{font-size:17px}.cards{grid-template-columns:repeat(2,minmax(0,1fr))}
    .card{padding:10px}.card .value{font-size:21px}.card .small{font-size:15px}.long{min-width:140px}
    th,td{padding-right:8px}tbody th,thead .number{white-space:normal}.aside{display:none}.under{display:block;color:var(--muted);font-size:12px}
    .slider{padding:10px}.slider table{font-size:13px}.slider th,.slider td{padding-right:6px}}
    @media print{nav,.skip,.slider{display:none}body{font-size:11px}section,figure,tr,.card{break-inside:avoid}.sections>section{break-inside:auto}
    header,main,footer{max-width:none;padding:0}.scroll,figure{overflow:visible}.scroll{background:none}th:first-child{position:static}.long{min-width:0}
    table{font-size:10px}.block table{font-size:9px}th,td{padding:3px 6px 3px 0;white-space:normal;overflow-wrap:break-word}thead .number{white-space:normal}
    h2,h2+p,caption,figcaption,thead,summary{break-after:avoid}.items{grid-template-columns:1fr 1fr;gap:14px 18px}.items>:only-child{grid-column:1/-1}.items>.scroll{break-inside:avoid}
    .sections{display:block}details .scroll{max-height:none}
    .card{padding:8px 10px}.card .name,.card .note{font-size:10px}.card .value{font-size:17px}.card .small{font-size:13px}}
    """
}
