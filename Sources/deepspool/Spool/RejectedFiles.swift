internal import Spooling

/// The rejected files of a listing, which are read when they are first needed.
final class RejectedFiles {
  struct File {
    let job: SpoolJob
    let submitterID: UInt32?
  }

  private let stems: Set<String>
  private let directory: SpoolDirectory

  init(_ stems: Set<String>, _ directory: SpoolDirectory) {
    self.stems = stems
    self.directory = directory
  }

  /// The files, by arrival.
  private(set) lazy var all: [File] = stems.compactMap { stem in directory.rejection(stem).map { (stem, $0) } }
    .sorted { ($0.1.id, $0.0) < ($1.1.id, $1.0) }
    .map { File(job: SpoolJob(id: $1.id, standing: .rejected(stem: $0)), submitterID: $1.submitterID) }
}
