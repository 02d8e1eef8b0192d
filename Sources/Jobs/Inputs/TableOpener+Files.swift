package import DataFrames
package import DurableFiles

extension TableOpener {
  /// Creates an opener of tables; what a user may not read is missing for them.
  package convenience init(_ opener: FileOpener) {
    self.init { path, kind in
      do throws(FileSystemError) {
        return try opener.open(path, kind == .file ? .file : .folder)
      } catch {
        return -(opener == .process ? error : error.hidden).code
      }
    }
  }
}
