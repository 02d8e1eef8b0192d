// swift-tools-version: 6.2
//
// The house in order: data flows down this file. One section per target, its tests right below it, one dependency
// per line, sorted. See docs/development/Modules.md for what each target is for.

import PackageDescription

/// Every Swift target: Swift 6 mode, honest imports, no warning left standing.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Debug builds check what kernels expect of their callers.
let checks = CSetting.define("CK_CHECKS", .when(configuration: .debug))

/// The kernels are always optimised, in debug builds too: a test of an unoptimised kernel would test something else.
let kernels: [CSetting] = [
  checks,
  .unsafeFlags([
    "-O3", "-ffast-math", "-fno-finite-math-only", "-Wall", "-Wextra", "-Werror",
    // Reciprocal square roots of vectors are the processor's estimates, without the Newton step that -ffast-math adds:
    // they are off by 0.006 to 0.03 %, which does not add up (decision 14).
    "-mrecip=vec-sqrtf:0",
  ]),
]

/// H2O's arithmetic: nothing may be reordered or contracted.
let exactKernels: [CSetting] = [
  checks,
  .unsafeFlags(["-O3", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror", "-Wno-psabi"]),
]

let algorithms: Target.Dependency = .product(name: "Algorithms", package: "swift-algorithms")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let heap: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
  name: "deepspool",
  products: [
    .executable(name: "deepspool", targets: ["deepspool"]),
    .executable(name: "deepspoold", targets: ["deepspoold"]),
    // For the kernel measurements in Benchmarks only.
    .library(name: "CKernels", targets: ["CKernels"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // MARK: Wording: words and numbers as messages and tables print them.
    .target(name: "Wording", swiftSettings: strict),
    .testTarget(name: "WordingTests", dependencies: ["Wording"], swiftSettings: strict),

    // MARK: Threads: loops, actors and threads beside Swift's cooperative pool.
    .target(name: "Threads", swiftSettings: strict),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"], swiftSettings: strict),

    // MARK: Documents: YAML nodes, JSON text, source locations, faults with a place.
    .target(name: "Documents", dependencies: ["Wording", "Yams"], swiftSettings: strict),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents"], swiftSettings: strict),

    // MARK: Metrics: predictions become metrics and tables.
    .target(name: "Metrics", dependencies: [algorithms], swiftSettings: strict),
    .testTarget(name: "MetricsTests", dependencies: ["Metrics"], swiftSettings: strict),

    // MARK: JobFiles: the parameter catalogue; the text of a job file becomes checked, documented parameters.
    .target(name: "JobFiles", dependencies: ["Documents", "Metrics", "Wording"], swiftSettings: strict),
    .testTarget(
      name: "JobFilesTests", dependencies: ["Documents", "DurableFiles", "JobFiles", "Wording"], swiftSettings: strict),

    // MARK: DurableFiles: the only place that changes the file system.
    .target(name: "CFiles", cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]),
    .target(name: "DurableFiles", dependencies: ["CFiles", "Threads"], swiftSettings: strict),
    .testTarget(name: "DurableFilesTests", dependencies: ["DurableFiles", "TestSupport"], swiftSettings: strict),

    // MARK: Spooling: jobs kept as files; which runs next; recovery.
    .target(
      name: "Spooling", dependencies: ["Documents", "DurableFiles", "JobFiles", "Wording", heap], swiftSettings: strict),
    .testTarget(
      name: "SpoolingTests",
      dependencies: ["Documents", "DurableFiles", "FaultyDisks", "JobFiles", "Spooling", "TestSupport"],
      swiftSettings: strict),

    // MARK: DataFrames: tables become typed columns, rows become network inputs.
    .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev", "zlib1g-dev"])]),
    .target(
      name: "CCodecs", cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])],
      linkerSettings: [
        .linkedLibrary("brotlidec"), .linkedLibrary("lz4"), .linkedLibrary("snappy"), .linkedLibrary("z"),
        .linkedLibrary("zstd"),
      ]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .target(
      name: "DataFrames", dependencies: ["CArchive", "CCodecs", "CExpat", "Threads", "Wording", algorithms],
      swiftSettings: strict),
    .testTarget(
      name: "DataFramesTests", dependencies: ["DataFrames", "JobFiles", "Planning", "TestSupport"],
      swiftSettings: strict),

    // MARK: DeepLearning: the pure mathematics.
    .target(name: "CKernels", cSettings: kernels),
    .target(name: "CExactKernels", cSettings: exactKernels),
    .target(name: "DeepLearning", dependencies: ["CExactKernels", "CKernels"], swiftSettings: strict),
    .testTarget(
      name: "DeepLearningTests", dependencies: ["CExactKernels", "CKernels", "DeepLearning"], swiftSettings: strict),

    // MARK: JobEvents: what a running job tells and is told.
    .target(name: "JobEvents", dependencies: ["Documents", "Wording"], swiftSettings: strict),
    .testTarget(name: "JobEventsTests", dependencies: ["JobEvents"], swiftSettings: strict),

    // MARK: Announcements: what others learn about jobs: metrics, index pages, notices for hooks and mail.
    .target(
      name: "Announcements", dependencies: ["DurableFiles", "JobEvents", "Spooling", "Wording"],
      swiftSettings: strict),
    .testTarget(
      name: "AnnouncementsTests",
      dependencies: ["Announcements", "DurableFiles", "JobEvents", "Spooling"],
      swiftSettings: strict),

    // MARK: Models: what scores rows: a network with its encoding, in memory and as a file.
    .target(
      name: "Models", dependencies: ["DataFrames", "DeepLearning", "Metrics", "Threads", "Wording"],
      swiftSettings: strict),
    .testTarget(
      name: "ModelsTests",
      dependencies: [
        "DataFrames", "DeepLearning", "Metrics", "Models", "TestSupport",
      ], swiftSettings: strict),

    // MARK: Training: one actor per model drives iterations, another scores snapshots and says when to stop.
    .target(
      name: "Training",
      dependencies: ["DataFrames", "DeepLearning", "Metrics", "Models", "Threads", "Wording", algorithms],
      swiftSettings: strict),
    .testTarget(
      name: "TrainingTests", dependencies: ["DeepLearning", "Metrics", "Models", "Training"],
      swiftSettings: strict),

    // MARK: Planning: a job and its tables become a plan; where parameters, compatibility and engines meet.
    .target(
      name: "Planning",
      dependencies: [
        "DataFrames", "DeepLearning", "Documents", "JobFiles", "Metrics", "Models", "Training", "Wording",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PlanningTests",
      dependencies: [
        "DataFrames", "DeepLearning", "Documents", "DurableFiles", "JobFiles", "Metrics", "Planning", "TestSupport",
        "Training",
      ],
      swiftSettings: strict),

    // MARK: Exports: models in foreign formats, and back.
    .target(
      name: "Exports", dependencies: ["CArchive", "DataFrames", "DeepLearning", "Models"], swiftSettings: strict),
    .testTarget(
      name: "ExportsTests",
      dependencies: [
        "DataFrames", "DeepLearning", "Exports", "Models", "TestSupport",
      ], swiftSettings: strict),

    // MARK: Explanations: what a model makes of its columns: importance, dependence, contributions, errors.
    .target(
      name: "Explanations", dependencies: ["DataFrames", "DeepLearning", "Metrics", "Models", "Wording"],
      swiftSettings: strict),
    .testTarget(
      name: "ExplanationsTests",
      dependencies: ["DataFrames", "Explanations", "Exports", "Metrics", "Models", "TestSupport"],
      swiftSettings: strict),

    // MARK: Charts: numbers become drawings.
    .target(name: "Charts", dependencies: ["Wording"], swiftSettings: strict),
    .testTarget(name: "ChartsTests", dependencies: ["Charts"], swiftSettings: strict),

    // MARK: Reports: the result folder, its tables and its pages.
    .target(
      name: "Reports",
      dependencies: [
        "Charts", "DataFrames", "DeepLearning", "Documents", "DurableFiles", "Explanations", "Exports", "JobFiles",
        "Metrics", "Models", "Planning", "Training", "Wording", algorithms, mustache,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Models", "Reports", "TestSupport", "Training"], swiftSettings: strict),

    // MARK: Jobs: one job from its tables to its result folder; what daemon and command line share.
    .target(
      name: "Jobs",
      dependencies: [
        "DataFrames", "DeepLearning", "Documents", "DurableFiles", "Explanations", "Exports", "JobEvents", "JobFiles",
        "Metrics", "Models", "Planning", "Reports", "Training", "Wording",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "JobsTests",
      dependencies: [
        "DurableFiles", "JobEvents", "Jobs", "Models", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "WholeJobTests",
      dependencies: [
        "DataFrames", "DeepLearning", "Documents", "DurableFiles", "Exports", "FaultyDisks", "JobEvents", "JobFiles",
        "Jobs", "Models", "Planning", "Reports", "TestSupport", "Training",
      ],
      swiftSettings: strict),

    // MARK: Supervision: workers as processes: start, follow, limit, end.
    .target(name: "CProcesses", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
    .target(
      name: "Supervision", dependencies: ["CProcesses", "DurableFiles", "JobEvents", "Threads"],
      swiftSettings: strict),
    .testTarget(
      name: "SupervisionTests", dependencies: ["DurableFiles", "JobEvents", "Supervision", "TestSupport"],
      swiftSettings: strict),

    // MARK: Workers: what a worker process does with its assignment.
    .target(
      name: "Workers",
      dependencies: [
        "Documents", "DurableFiles", "JobEvents", "JobFiles", "Jobs", "Spooling", "Supervision", "Training",
      ],
      swiftSettings: strict),

    // MARK: ServiceManager: readiness, status, watchdog and journal of systemd.
    .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .target(name: "ServiceManager", dependencies: ["CSystemd", "Threads", logging], swiftSettings: strict),
    .testTarget(name: "ServiceManagerTests", dependencies: ["ServiceManager"], swiftSettings: strict),

    // MARK: Composition roots.
    .executableTarget(
      name: "deepspoold",
      dependencies: [
        "Announcements", "DataFrames", "Documents", "DurableFiles", "JobEvents", "JobFiles", "Jobs", "Planning",
        "ServiceManager", "Spooling", "Supervision", "Threads", "Wording", "Workers", argumentParser, lifecycle,
        logging, unixSignals,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "deepspool",
      dependencies: [
        "DataFrames", "DeepLearning", "Documents", "DurableFiles", "Explanations", "Exports", "JobEvents", "JobFiles",
        "Jobs", "Metrics", "Models", "Planning", "Reports", "Spooling", "Supervision", "Training", "Wording",
        argumentParser,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "deepspoolTests", dependencies: ["deepspool", argumentParser], swiftSettings: strict),
    .testTarget(
      name: "deepspooldTests",
      dependencies: [
        "DurableFiles", "JobEvents", "Spooling", "Supervision", "TestSupport", "deepspoold", argumentParser,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "DurableFiles", "Exports", "Models", "Spooling", "TestSupport", "Wording", "deepspool", "deepspoold",
      ],
      swiftSettings: strict),

    // MARK: What several test targets share: helpers, disks that fail, and readers fed with anything.
    .target(
      name: "TestSupport", dependencies: ["DataFrames", "DurableFiles", "Exports", "Models"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(name: "FaultyDisks", dependencies: ["DurableFiles"], path: "Tests/FaultyDisks", swiftSettings: strict),
    .target(
      name: "FuzzReaders",
      dependencies: [
        "DataFrames", "DeepLearning", "Exports", "JobFiles", "Models", "Planning", "Training",
      ],
      path: "Tests/Fuzzing/Readers", swiftSettings: strict),
    .testTarget(name: "FuzzingTests", dependencies: ["Exports", "FuzzReaders"], swiftSettings: strict),

    // MARK: What the repository says of itself: links, citations, counts, the graph of modules.
    .testTarget(name: "RepositoryTests", dependencies: ["Spooling", "TestSupport"], swiftSettings: strict),
  ]
)

// The fuzzer links only with the runtime of libFuzzer, `--sanitize fuzzer`; `make fuzz` does that.
if Context.environment["DEEPSPOOL_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzer", dependencies: ["FuzzReaders"], path: "Tests/Fuzzing/Fuzzer",
      // libFuzzer has the main function.
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}

// Jobs on several processes need the system's MPI, which the rest of the package works without.
if Context.environment["DEEPSPOOL_MPI"] != nil {
  package.products.append(.executable(name: "deepspool-mpi-worker", targets: ["MPIWorker"]))
  package.targets += [
    // MARK: Ranks: the processes that a launcher of MPI has started.
    .target(
      name: "CMPI", cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])],
      linkerSettings: [.linkedLibrary("mpi")]),
    .target(name: "Ranks", dependencies: ["CMPI", "Training"], swiftSettings: strict),
    .executableTarget(
      name: "MPIWorker", dependencies: ["Ranks", "Supervision", "Training", "Wording", "Workers", argumentParser],
      swiftSettings: strict),
  ]
}
