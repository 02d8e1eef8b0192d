/// The styles and the script of the index page.
enum IndexAssets {
  static let styles = """
    :root{color-scheme:light dark;--paper:#fff;--ink:#1c2430;--muted:#5b6675;--grid:#e3e7ec;--line:#767f8b;--accent:#0b62c4;
    --good:#1f6f30;--bad:#b3261e}
    @media (prefers-color-scheme:dark){:root{--paper:#14181f;--ink:#e6eaf0;--muted:#9aa6b5;--grid:#2a313b;--line:#7d8896;
    --accent:#6db1ff;--good:#69db7c;--bad:#ff9b8f}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    header,main{max-width:1400px;margin:0 auto;padding:0 24px}header{padding-top:24px}main{padding-bottom:32px}
    h1{margin:0;font-size:26px;line-height:1.25;overflow-wrap:anywhere}.kind,.note{margin:0;color:var(--muted)}
    form{display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center;margin-top:16px}form[hidden]{display:none}
    input,select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:4px 8px;max-width:100%}
    output{color:var(--muted)}a{color:var(--accent)}
    .scroll{overflow-x:auto;margin-top:14px}table{border-collapse:collapse;width:100%;font-size:14px}
    th,td{text-align:left;padding:5px 14px 5px 0;border-bottom:1px solid var(--grid);white-space:nowrap;vertical-align:top}
    thead th{color:var(--muted)}tbody th{font-weight:600}tr[hidden]{display:none}
    .number{text-align:right;font-variant-numeric:tabular-nums}.long{min-width:220px;white-space:normal;overflow-wrap:anywhere}
    caption{text-align:left;color:var(--muted);padding-bottom:6px}.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    .finished{color:var(--good)}.failed{color:var(--bad)}.cancelled,.held,.queued{color:var(--muted)}.running{font-weight:600}
    @media screen and (max-width:760px){header,main{padding-inline:14px}.number{text-align:left}
    table,caption,tbody,tr,tbody th,td{display:block}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    tr{padding:8px 0;border-bottom:1px solid var(--grid)}tbody th,td{border:0;padding:0;white-space:normal;overflow-wrap:anywhere;text-align:left}
    td:empty{display:none}td::before{content:attr(data-title) ": ";color:var(--muted);font-weight:400}.long{min-width:0}}
    @media print{form{display:none}header,main{max-width:none;padding:0}.scroll{overflow:visible}body{font-size:12px}
    table{font-size:10px}th,td{white-space:normal;padding:3px 8px 3px 0}tr{break-inside:avoid}caption,thead{break-after:avoid}.long{min-width:120px}}
    """

  /// Filters the rows by text, state and submitter, and keeps the filters in the address, so that a reload, a bookmark
  /// and a link have them, too.
  static let script = """
    'use strict';
    (() => {
      const rows = [...document.querySelectorAll('#jobs tr')];
      const fields = ['text', 'state', 'user'].map(id => document.getElementById(id));
      const [text, state, user] = fields;
      const count = document.getElementById('count');
      const fill = (select, key) => {
        for (const value of [...new Set(rows.map(row => row.dataset[key]))].filter(value => value).sort())
          select.add(new Option(value, value));
      };
      fill(state, 'state');
      fill(user, 'user');
      const words = rows.map(row => row.textContent.toLowerCase());
      const apply = () => {
        const wanted = text.value.toLowerCase().split(/\\s+/).filter(word => word);
        let shown = 0;
        rows.forEach((row, index) => {
          row.hidden = (state.value && row.dataset.state !== state.value) || (user.value && row.dataset.user !== user.value)
            || !wanted.every(word => words[index].includes(word));
          if (!row.hidden) shown++;
        });
        count.textContent = shown + ' of ' + rows.length + (rows.length === 1 ? ' job' : ' jobs');
      };
      const load = () => {
        const given = new URLSearchParams(location.hash.slice(1));
        for (const field of fields) {
          field.value = given.get(field.id) || '';
          if (field.selectedIndex === -1) field.value = '';
        }
        apply();
      };
      const save = () => {
        const given = new URLSearchParams(fields.filter(field => field.value).map(field => [field.id, field.value]));
        history.replaceState(null, '', !given.toString() ? '#' : '#' + given);
        apply();
      };
      for (const field of fields) field.addEventListener('input', save);
      document.getElementById('filters').addEventListener('submit', event => event.preventDefault());
      window.addEventListener('hashchange', load);
      document.getElementById('filters').hidden = false;
      load();
    })();
    """
}
