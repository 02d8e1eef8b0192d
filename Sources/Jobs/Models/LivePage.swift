internal import DurableFiles
internal import Reports

/// `report.html` in the folder of a running job, or of one of its models.
///
/// Errors are ignored, because a missing page must not affect training.
struct LivePage {
  private let path: String
  private let fileSystem: FileSystem

  init(_ request: ModelRequest, _ fileSystem: FileSystem) {
    path = "\(request.workFolder)/\(JobFolderLayout.reportFile)"
    self.fileSystem = fileSystem
  }

  /// Renders and writes the page on a separate thread.
  func write(_ html: @escaping @Sendable () throws -> String) async {
    let (path, fileSystem) = (path, fileSystem)
    try? await BlockingWork.run {
      try fileSystem.makeFolder(Paths.folder(of: path))
      try fileSystem.write(html().utf8, to: path, isDurable: false)
    }
  }
}
