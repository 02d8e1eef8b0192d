internal import Glibc

/// Numbers the distinct texts of a column in order of appearance; compares bytes instead of strings.
///
/// An open-addressed hash table with a copy of each text. Not Sendable: one thread adds; afterwards it is only read.
final class LevelTable {
  private static let smallestSlots = 16
  /// The half of a slot that holds the upper half of a hash.
  private static let tagMask: UInt64 = 0xFFFF_FFFF_0000_0000

  /// The texts, one behind the other.
  @exclusivity(unchecked) private var bytes: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private var byteCapacity = 256
  @exclusivity(unchecked) private var keys: UnsafeMutablePointer<Key>
  @exclusivity(unchecked) private var keyCapacity = 16
  /// The number of the key plus one, below the upper half of its hash; 0 for an empty slot.
  @exclusivity(unchecked) private var slots: UnsafeMutablePointer<UInt64>
  @exclusivity(unchecked) private var slotCount = LevelTable.smallestSlots
  @exclusivity(unchecked) private(set) var count = 0
  @exclusivity(unchecked) private(set) var byteCount = 0

  private struct Key {
    var start: Int
    var count: Int
    var hash: UInt64
  }

  init() {
    bytes = .allocate(capacity: byteCapacity)
    keys = .allocate(capacity: keyCapacity)
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
  }

  deinit {
    bytes.deallocate()
    keys.deallocate()
    slots.deallocate()
  }

  /// Frees the texts.
  func removeAll() {
    bytes.deallocate()
    keys.deallocate()
    slots.deallocate()
    (byteCapacity, byteCount, keyCapacity, count, slotCount) = (0, 0, 0, 0, Self.smallestSlots)
    bytes = .allocate(capacity: 0)
    keys = .allocate(capacity: 0)
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
  }

  /// Returns the number of the text of `count` bytes at `start`, adding it if it is new.
  func code(_ start: UnsafePointer<UInt8>, count length: Int) -> Int32 {
    code(start, count: length, hash: Self.hash(start, count: length))
  }

  /// Returns the number of a text, adding it if it is new.
  func code(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    text.baseAddress.map { code($0, count: text.count) } ?? code([], count: 0)
  }

  /// Returns the number of the text number `index` of another table, adding it if it is new.
  func code(of index: Int, in other: LevelTable) -> Int32 {
    let key = other.keys[index]
    return code(other.bytes + key.start, count: key.count, hash: key.hash)
  }

  private func code(_ start: UnsafePointer<UInt8>, count length: Int, hash: UInt64) -> Int32 {
    let tag = hash & Self.tagMask
    var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
    while slots[slot] != 0 {
      let found = slots[slot]
      if found & Self.tagMask == tag {
        let number = Int(found & ~Self.tagMask) - 1
        if keys[number].count == length, Self.areEqual(bytes + keys[number].start, start, length) {
          return Int32(number)
        }
      }
      slot = (slot + 1) & (slotCount - 1)
    }
    append(start, length, hash)
    slots[slot] = tag | UInt64(count)
    if count * 2 > slotCount { growSlots() }
    return Int32(count - 1)
  }

  /// Compares texts, the short ones without a call.
  @inline(__always)
  private static func areEqual(_ one: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    guard length <= 16 else { return memcmp(one, other, length) == 0 }
    return rest(UnsafeRawPointer(one), count: length) == rest(UnsafeRawPointer(other), count: length)
  }

  private func append(_ start: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64) {
    if byteCount + length > byteCapacity {
      let larger = max(byteCapacity * 2, byteCount + length)
      bytes = Self.moved(bytes, byteCount, to: larger)
      byteCapacity = larger
    }
    if count == keyCapacity {
      keyCapacity = max(Self.smallestSlots, keyCapacity * 2)
      keys = Self.moved(keys, count, to: keyCapacity)
    }
    memcpy(bytes + byteCount, start, length)
    (keys + count).initialize(to: Key(start: byteCount, count: length, hash: hash))
    byteCount += length
    count += 1
  }

  private static func moved<Element>(
    _ old: UnsafeMutablePointer<Element>, _ count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    new.moveInitialize(from: old, count: count)
    old.deallocate()
    return new
  }

  private func growSlots() {
    slots.deallocate()
    slotCount *= 4
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    for index in 0..<count {
      let hash = keys[index].hash
      var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = hash & Self.tagMask | UInt64(index + 1)
    }
  }

  /// The bytes of text number `index`, while the table exists and does not grow.
  func text(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + keys[index].start, count: keys[index].count)
  }

  func hash(_ index: Int) -> UInt64 { keys[index].hash }

  /// Text number `index` as a string.
  func string(_ index: Int) -> String { CSVScanner.text(text(index)) }

  /// The numbers of the texts in the order of their bytes.
  var sorted: [Int32] {
    // Most texts differ in their first eight bytes, which one comparison of numbers decides.
    var order = (0..<count).map { (prefix: prefix($0), index: Int32($0)) }
    order.sort { one, other in
      if one.prefix != other.prefix { return one.prefix < other.prefix }
      return precedes(Int(one.index), Int(other.index))
    }
    return order.map(\.index)
  }

  private func prefix(_ index: Int) -> UInt64 {
    var prefix: UInt64 = 0
    let text = text(index)
    for position in 0..<8 { prefix = prefix << 8 | (position < text.count ? UInt64(text[position]) : 0) }
    return prefix
  }

  private func precedes(_ one: Int, _ other: Int) -> Bool {
    let (first, second) = (keys[one], keys[other])
    let order = memcmp(bytes + first.start, bytes + second.start, min(first.count, second.count))
    return order != 0 ? order < 0 : first.count < second.count
  }

  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    text.baseAddress.map { hash($0, count: text.count) } ?? hash([], count: 0)
  }

  /// A multiplicative hash of sixteen bytes at a time, in the manner of wyhash.
  static func hash(_ start: UnsafePointer<UInt8>, count: Int) -> UInt64 {
    let raw = UnsafeRawPointer(start)
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var position = 0
    while position + 16 <= count {
      hash = mixed(word(raw, position) ^ hash, word(raw, position + 8) ^ 0xD6E8_FEB8_6659_FD93)
      position += 16
    }
    let (first, last) = rest(raw + position, count: count - position)
    return mixed(first ^ hash, last ^ 0xA076_1D64_78BD_642F)
  }

  /// Returns up to sixteen bytes as two words, which may overlap.
  @inline(__always)
  private static func rest(_ raw: UnsafeRawPointer, count: Int) -> (UInt64, UInt64) {
    if count >= 8 { return (word(raw, 0), word(raw, count - 8)) }
    if count >= 4 {
      let first = raw.loadUnaligned(as: UInt32.self)
      return (UInt64(first), UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
    }
    guard count > 0 else { return (0, 0) }
    let bytes = raw.assumingMemoryBound(to: UInt8.self)
    return (UInt64(bytes[0]) << 16 | UInt64(bytes[count >> 1]) << 8 | UInt64(bytes[count - 1]), 0)
  }

  @inline(__always)
  private static func word(_ raw: UnsafeRawPointer, _ position: Int) -> UInt64 {
    raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
  }

  @inline(__always)
  private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}
