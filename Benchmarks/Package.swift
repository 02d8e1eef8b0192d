// swift-tools-version: 6.2
//
// Benchmarks of deepspool and its peers. A separate package, which is not needed to build, test or install the service.
// `make benchmark` in the parent folder runs it.

import PackageDescription

/// Flags for the current machine with its widest registers, which compilers avoid on some processors.
let native = ["-O3", "-march=native", "-mprefer-vector-width=512", "-Wall", "-Wextra", "-Werror"]

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "deepspool", path: "..")],
  targets: [
    // Built for the current machine, as the strictest reference.
    .executableTarget(
      name: "PlainLoop",
      cSettings: [.unsafeFlags(native + ["-ffast-math"])],
      linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(
      name: "Roofline", dependencies: [.product(name: "CKernels", package: "deepspool")],
      cSettings: [.unsafeFlags(native)]),
    // The study behind decision 14; run by hand.
    .executableTarget(
      name: "RootDrift", cSettings: [.unsafeFlags(["-O2", "-Wall", "-Wextra", "-Werror"])],
      linkerSettings: [.linkedLibrary("m")]),
    .executableTarget(name: "Benchmark", swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]),
  ]
)
