internal import FuzzReaders
internal import Glibc

/// The reader selected by the environment, because libFuzzer provides `main` and owns the arguments.
private let reader: FuzzedReader = {
  let name = getenv("DEEPSPOOL_FUZZED").map { String(cString: $0) } ?? ""
  guard let reader = FuzzedReader(rawValue: name) else {
    fatalError("DEEPSPOOL_FUZZED must be one of \(FuzzedReader.allCases.map(\.rawValue))")
  }
  return reader
}()

/// Reads one input of libFuzzer; returns -1 to keep it out of the corpus.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ bytes: UnsafePointer<UInt8>?, _ byteCount: Int) -> Int32 {
  reader.read(Array(UnsafeBufferPointer(start: bytes, count: byteCount))) ? 0 : -1
}
