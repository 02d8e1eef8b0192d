/// Arrays as the bytes of their memory, and back.
package enum RawBytes {
  package static func of<Element: BitwiseCopyable>(_ values: [Element]) -> [UInt8] {
    values.withUnsafeBytes { Array($0) }
  }

  /// - `bytes`: The bytes of whole elements.
  package static func array<Element: BitwiseCopyable>(_ bytes: [UInt8], of: Element.Type = Element.self) -> [Element] {
    let count = bytes.count / MemoryLayout<Element>.stride
    precondition(bytes.count == count * MemoryLayout<Element>.stride, "\(bytes.count) bytes of \(Element.self)")
    return [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      initialized = count
    }
  }
}
