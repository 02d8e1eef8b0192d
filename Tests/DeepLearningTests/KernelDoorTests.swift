#if DEBUG
  import CExactKernels
  import CKernels
  import Foundation
  import Testing

  /// The preconditions of the kernels, which only debug builds check.
  @Suite("Preconditions of the kernels")
  struct KernelDoorTests {
    /// A row-major layer of zeros, 16 floats per row, in memory that is never freed.
    private static func layer(inputs: Int, rows: Int, stride: Int) -> ck_layer {
      func zeros(_ count: Int) -> UnsafeMutablePointer<Float> {
        let raw = UnsafeMutableRawPointer.allocate(byteCount: 4 * count, alignment: 64)
        let numbers = raw.bindMemory(to: Float.self, capacity: count)
        numbers.initialize(repeating: 0, count: count)
        return numbers
      }
      let size = max(rows, inputs) * 64
      return ck_layer(
        weights: zeros(size), memory: zeros(size), squares: zeros(size), bias: zeros(64), bias_memory: zeros(64),
        bias_squares: zeros(64), consensus: nil, bias_consensus: nil, inputs: inputs, rows: rows, stride: stride)
    }

    private static func message(_ result: ExitTest.Result?) -> String {
      String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }

    @Test("a missing array")
    func missing() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = ck_has_zeros(nil, 3)
      }
      #expect(
        Self.message(result).contains("ck_has_zeros: precondition failed: ck_is_place(input, inputs)"))
    }

    @Test("a stride that is not a multiple of a cache line")
    func stride() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var layer = Self.layer(inputs: 5, rows: 3, stride: 10)
        var (nets, input) = ([Float](repeating: 0, count: 16), [Float](repeating: 0, count: 16))
        ck_net_rows(&nets, &layer, &input, nil)
      }
      #expect(Self.message(result).contains("ck_is_row_major(layer)"))
    }

    @Test("nonzero padding behind a row of inputs")
    func padding() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var layer = Self.layer(inputs: 5, rows: 3, stride: 16)
        var (nets, input) = ([Float](repeating: 0, count: 16), [Float](repeating: 1, count: 16))
        ck_net_rows(&nets, &layer, &input, nil)
      }
      #expect(Self.message(result).contains("ck_fits_input(layer, input)"))
    }

    @Test("a norm limit, which column-major layers do not support")
    func ignoredLimit() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var layer = Self.layer(inputs: 5, rows: 3, stride: 16)
        var rule = ck_adadelta(rho: 0.9, epsilon: 1e-6)
        var penalty = ck_penalty()
        penalty.max_squared_sum = 1
        ck_adadelta_columns(&layer, [Float](repeating: 1, count: 16), [0], [1], 1, &rule, &penalty)
      }
      #expect(Self.message(result).contains("!ck_has_limit(penalty)"))
    }

    @Test("a negative term of the weight cost")
    func negativeCost() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var layer = Self.layer(inputs: 5, rows: 3, stride: 16)
        var rule = ck_adadelta(rho: 0.9, epsilon: 1e-6)
        var penalty = ck_penalty()
        penalty.max_squared_sum = .infinity
        penalty.cost.l2 = -1
        ck_adadelta_columns(&layer, [Float](repeating: 1, count: 16), [0], [1], 1, &rule, &penalty)
      }
      #expect(Self.message(result).contains("ck_is_penalty(penalty)"))
    }

    @Test("an index beyond the inputs")
    func index() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var layer = Self.layer(inputs: 5, rows: 3, stride: 16)
        var nets = [Float](repeating: 0, count: 16)
        ck_net_columns(&nets, &layer, [5], [1], 1)
      }
      #expect(Self.message(result).contains("ck_names_inputs(layer, indices, count)"))
    }

    @Test("more rows than mixed precision takes at a time")
    func rows() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var numbers = [Double](repeating: 0, count: 64)
        var (weights, memory, squares) = ([Float](), [Float](), [Float]())
        (weights, memory, squares) = ([1], [1], [1])
        var rule = cx_adadelta()
        var scratch = numbers
        cx_adadelta_rows(
          &numbers, &weights, &memory, &squares, nil, &scratch, [0], [1], Int(CX_ROWS) + 1, [1], 1, &rule)
      }
      #expect(Self.message(result).contains("rows <= CX_ROWS"))
    }
  }
#endif
