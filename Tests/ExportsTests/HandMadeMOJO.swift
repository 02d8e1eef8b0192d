import Exports

/// A hand-written MOJO with replaceable settings: a column of two levels, a number, one hidden unit.
struct HandMadeMOJO {
  private static let settings = [
    ("algo", "deeplearning"), ("algorithm", "Deep Learning"), ("category", "Regression"), ("supervised", "true"),
    ("n_features", "2"), ("n_columns", "3"), ("_genmodel_encoding", "AUTO"), ("use_all_factor_levels", "true"),
    ("cats", "1"), ("nums", "1"), ("cat_offsets", "[0, 3]"), ("norm_mul", "[0.5]"), ("norm_sub", "[1.0]"),
    ("norm_resp_mul", "[1.0]"), ("norm_resp_sub", "[0.0]"), ("activation", "Tanh"),
    ("neural_network_sizes", "[4, 1, 1]"), ("distribution", "gaussian"), ("weight_layer0", "[0.1, 0.2, 0.3, 0.4]"),
    ("bias_layer0", "[0.0]"), ("weight_layer1", "[1.0]"), ("bias_layer1", "[0.5]"), ("balance_classes", "false"),
  ]

  var changes: [String: String] = [:]
  var columns = ["c", "n", "y"]
  var domains = "0: 2 d000.txt"
  var levels = "a\nb\n"

  var bytes: [UInt8] {
    get throws {
      let info = Self.settings.map { "\($0.0) = \(changes[$0.0] ?? $0.1)\n" }.joined()
      let ini = "[info]\n\(info)\n[columns]\n\(columns.map { $0 + "\n" }.joined())\n[domains]\n\(domains)\n"
      return try ZipArchive.bytes([("model.ini", Array(ini.utf8)), ("domains/d000.txt", Array(levels.utf8))])
    }
  }
}
