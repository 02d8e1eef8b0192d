internal import Mustache

/// The template of every report: a single file without external resources.
enum ReportTemplate {
  /// - Throws: Only if the text below has an error.
  static func template() throws -> MustacheTemplate { try MustacheTemplate(string: text) }

  private static let text = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'{{#scriptSource}}; script-src {{{.}}}{{/scriptSource}}">
    {{#refreshSeconds}}<meta http-equiv="refresh" content="{{.}}">{{/refreshSeconds}}
    <title>{{title}} – deepspool</title>
    <style>
    \(ReportStyles.text)
    </style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header>
    <p class="kind">{{kind}}</p>
    <h1>{{title}}</h1>
    {{#verdict}}<p class="verdict">{{.}}</p>{{/verdict}}
    {{#assessment}}<p class="assessment">{{.}}</p>{{/assessment}}
    <p class="status">{{status}}</p>
    </header>
    <main id="main">
    {{#hasCards}}<div class="cards">
    {{#cards}}<div class="card"><p class="name">{{name}}</p><p class="value{{#isLong}} small{{/isLong}}">{{value}}</p><p class="note">{{note}}</p></div>{{/cards}}
    </div>{{/hasCards}}
    {{#hasWarnings}}<section class="warnings" id="warnings"><h2>Warnings</h2><ul>{{#warnings}}<li>{{.}}</li>{{/warnings}}</ul></section>{{/hasWarnings}}
    <nav aria-label="Contents"><ul>{{#sections}}<li><a href="#{{id}}">{{title}}</a></li>{{/sections}}</ul></nav>
    <div class="sections">
    {{#sections}}
    <section id="{{id}}"{{#isNarrow}} class="narrow"{{/isNarrow}}><h2>{{title}}</h2>
    {{#notes}}<p>{{#pieces}}{{text}}{{#option}}<span class="option">{{.}}</span>{{/option}}{{/pieces}}</p>{{/notes}}
    {{#slider}}\(slider){{/slider}}
    {{#hasItems}}<div class="items">
    {{#charts}}<figure><figcaption>{{caption}}</figcaption>{{#wide}}<div class="whole">{{{.}}}</div>{{/wide}}<div class="usual">{{{markup}}}</div></figure>{{/charts}}
    {{#items}}<div class="scroll" tabindex="0" role="region" aria-label="{{caption}}">\(table)</div>{{/items}}
    </div>{{/hasItems}}
    {{#tables}}
    {{#isFolded}}<details><summary>{{caption}}</summary>{{/isFolded}}
    <div class="scroll block" tabindex="0" role="region" aria-label="{{caption}}">\(table)</div>
    {{#isFolded}}</details>{{/isFolded}}
    {{/tables}}
    {{#codes}}<p>{{caption}}</p><pre{{#isList}} class="list"{{/isList}}>{{text}}</pre>{{/codes}}
    </section>
    {{/sections}}
    </div>
    </main>
    <footer><p>{{footer}}</p></footer>
    {{#script}}<script>{{{.}}}</script>{{/script}}
    </body>
    </html>

    """

  private static let table = """
    <table><caption{{#isUnseen}} class="unseen"{{/isUnseen}}>{{caption}}</caption>
    <thead><tr>{{#header}}<th scope="col"\(classes)>{{text}}</th>{{/header}}</tr></thead>
    <tbody>{{#rows}}<tr{{#isMarked}} class="marked"{{/isMarked}}>{{#cells}}{{#isRowHeader}}<th scope="row"\(classes)>\(cell)</th>{{/isRowHeader}}{{^isRowHeader}}<td\(classes)>\(cell)</td>{{/isRowHeader}}{{/cells}}</tr>
    {{/rows}}</tbody></table>
    """

  private static let classes =
    "{{#isNumber}} class=\"number\"{{/isNumber}}{{#isAside}} class=\"aside\"{{/isAside}}"
    + "{{^isAside}}{{#isLong}} class=\"long\"{{/isLong}}{{/isAside}}"

  private static let cell =
    "{{#link}}<a href=\"{{.}}\">{{/link}}{{text}}{{#link}}</a>{{/link}}{{#under}}<span class=\"under\">{{.}}</span>{{/under}}"

  private static let slider = """
    <div class="slider" data-threshold="{{threshold}}" hidden>
    <div class="controls"><label for="threshold-slider">Decision threshold</label>
    <input type="range" id="threshold-slider" min="0" max="1" step="1" value="0">
    <input type="number" min="0" max="1" step="any" aria-label="Decision threshold as a number">
    <button type="button">As delivered</button></div>
    <div class="items">
    {{#parts}}<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix at the chosen threshold, {{name}}" data-thresholds="{{thresholds}}" data-hits="{{hits}}" data-misses="{{misses}}" data-positives="{{positives}}" data-negatives="{{negatives}}">
    <table><caption>At this threshold, {{name}}</caption>
    <thead><tr><th scope="col">actual</th><th scope="col" class="number">predicted {{negative}}</th><th scope="col" class="number">predicted {{positive}}</th></tr></thead>
    <tbody><tr><th scope="row">{{negative}}</th><td class="number" data-value="tn"></td><td class="number" data-value="fp"></td></tr>
    <tr><th scope="row">{{positive}}</th><td class="number" data-value="fn"></td><td class="number" data-value="tp"></td></tr></tbody></table>
    <table><caption class="unseen">Criteria at this threshold, {{name}}</caption>
    <thead><tr><th scope="col" class="number">error rate</th><th scope="col" class="number">precision</th><th scope="col" class="number">recall</th><th scope="col" class="number">specificity</th><th scope="col" class="number">F1</th></tr></thead>
    <tbody><tr><td class="number" data-value="error"></td><td class="number" data-value="precision"></td><td class="number" data-value="recall"></td><td class="number" data-value="specificity"></td><td class="number" data-value="f1"></td></tr></tbody></table>
    </div>{{/parts}}
    </div></div>
    """
}
