/// `report.html` in the folder of a running job, or of one of its models.
///
/// Errors are ignored, because a missing page must not affect training.
struct LivePage {
  private let request: ModelRequest
  private let store: ModelStore

  init(_ request: ModelRequest, _ store: ModelStore) {
    self.request = request
    self.store = store
  }

  /// Renders and writes the page on a separate thread.
  func write(_ html: @escaping @Sendable () throws -> String) async {
    let (request, store) = (request, store)
    try? await BlockingWork.run { try store.keepPage(request, Array(html().utf8)) }
  }
}
