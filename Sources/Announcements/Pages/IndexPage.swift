internal import Wording

/// The page that lists jobs, in pieces, because it may have thousands of rows.
///
/// A single file: its filters run in the browser, and no part of it comes from elsewhere.
package struct IndexPage: Sendable {
  /// The seconds after which the browser reloads a page on which a job runs.
  private static let refreshSeconds = 60

  private let title: String
  /// A sentence about the jobs that the page leaves out.
  private let note: String?
  private let writtenSeconds: Double
  private let isLive: Bool

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - note: A sentence about the jobs that the page leaves out; nil if it has all of them.
  ///   - writtenSeconds: The time of writing, in seconds since 1970.
  ///   - isLive: Whether a job on the page is still going to change.
  package init(title: String, note: String?, writtenSeconds: Double, isLive: Bool) {
    self.title = title
    self.note = note
    self.writtenSeconds = writtenSeconds
    self.isLive = isLive
  }

  /// Everything before the rows.
  package var head: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
    script-src 'unsafe-inline'">
    \(isLive ? "<meta http-equiv=\"refresh\" content=\"\(Self.refreshSeconds)\">" : "")
    <title>\(title.escapingMarkup) – deepspool</title>
    <style>
    \(IndexAssets.styles)
    </style>
    </head>
    <body>
    <header>
    <p class="kind">deepspool</p>
    <h1>\(title.escapingMarkup)</h1>
    <p class="note">Written at <time datetime="\(InstantText.iso8601(writtenSeconds))">\
    \(InstantText.readable(writtenSeconds))</time>.\(note.map { " \($0.escapingMarkup)" } ?? "")</p>
    <form id="filters" role="search" hidden>
    <label>Search <input id="text" type="search" autocomplete="off"></label>
    <label>State <select id="state"><option value="">all</option></select></label>
    <label>Submitter <select id="user"><option value="">all</option></select></label>
    <output id="count" aria-live="polite"></output>
    </form>
    </header>
    <main>
    <div class="scroll">
    <table>
    <thead><tr><th scope="col">Job</th><th scope="col">State</th><th scope="col">Submitter</th>\
    <th scope="col">Submitted</th><th scope="col">Ended</th><th scope="col" class="number">Start to end</th>\
    <th scope="col">Outcome</th></tr></thead>
    <tbody id="jobs">

    """
  }

  /// Everything after the rows.
  package var tail: String {
    """
    </tbody>
    </table>
    </div>
    </main>
    <script>
    \(IndexAssets.script)
    </script>
    </body>
    </html>

    """
  }
}
