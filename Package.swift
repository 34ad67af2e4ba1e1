// swift-tools-version: 6.2
import PackageDescription

// The two halves of weft meet in the shard format only: with WEFT_WITHOUT_TORCH set, the data half
// builds and passes its tests on a machine that has no libtorch.
let withTorch = Context.environment["WEFT_WITHOUT_TORCH"] == nil

/// Settings of every Swift target.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// Settings of the targets that touch no C: unsafe code does not compile in them.
let pure = strict + [.strictMemorySafety()]

/// Lets a type lend spans of memory it owns.
let lifetimes = [SwiftSetting.enableExperimentalFeature("Lifetimes")]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// A C library of the system, named by exactly one target of ours.
func library(
  _ name: String, _ package: String, debian: String, path: String? = nil
) -> Target {
  .systemLibrary(name: name, path: path, pkgConfig: package, providers: [.apt([debian])])
}

/// A target that touches no C.
func pureTarget(
  _ name: String, _ dependencies: [Target.Dependency], embedding resources: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies,
    resources: resources.map { .embedInCode("Resources/" + $0) }, swiftSettings: pure)
}

/// A program that measures something.
func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Benchmarks/" + name, swiftSettings: strict)
}

// What all stages share: the vocabulary, files and digests.
let foundations: [Target] = [
  .target(name: "Documents", swiftSettings: pure),
  .target(name: "Storage", swiftSettings: strict + lifetimes),
  library("COpenSSL", "libcrypto", debian: "libssl-dev"),
  .target(
    name: "Hashing", dependencies: ["COpenSSL", "Documents", "Storage"], swiftSettings: strict),
  library("CZlib", "zlib", debian: "zlib1g-dev"),
  library("CDeflate", "libdeflate", debian: "libdeflate-dev"),
  library("CZstd", "libzstd", debian: "libzstd-dev"),
  library("CBrotli", "libbrotlienc", debian: "libbrotli-dev"),
  .target(
    name: "Compression", dependencies: ["CBrotli", "CDeflate", "CZlib", "CZstd", "Storage"],
    swiftSettings: strict + lifetimes),
]

// From archives to documents.
let reading: [Target] = [
  .target(
    name: "WebArchive", dependencies: ["Compression", "Documents", "Hashing", "Storage"],
    swiftSettings: pure + lifetimes),
  .target(name: "WebAddress", swiftSettings: pure),
  library("CXML2", "libxml-2.0", debian: "libxml2-dev", path: "Sources/CHTML/System/xml2"),
  .target(name: "CHTML", dependencies: ["CXML2"], exclude: ["System"]),
  .target(name: "HTMLTree", dependencies: ["CHTML", "Documents"], swiftSettings: strict),
  pureTarget("Interleaving", ["Documents", "HTMLTree", "WebAddress"]),
]

// Writes the features that scripts/train-block-model learns the choice of blocks from.
let training = Target.executableTarget(
  name: "block-features",
  dependencies: ["Documents", "HTMLTree", "Hashing", "Interleaving", "Storage", "WebArchive"],
  swiftSettings: strict)

// What `make bench-extract` compares weft with, and what other benchmarks measure by themselves.
let benchmarks: [Target] = [
  .target(name: "CXMLTrees", dependencies: ["CXML2"], path: "Benchmarks/CXMLTrees"),
  benchmark(
    "xml-trees",
    ["CHTML", "CXMLTrees", "Documents", "HTMLTree", "Hashing", "Pipelines", "WebArchive"]),
  benchmark("thumbnails", ["Documents", "ImageDecoding"]),
  benchmark("identify-languages", ["LanguageIdentification"]),
  benchmark("encode-text", ["Storage", "Tokenization"]),
  benchmark("store-transfer", ["Documents", "Hashing", "ObjectStores", "Storage"]),
]

// What `make bench-encode` and `make bench-features` measure.
let modelBenchmarks: [Target] = [
  benchmark(
    "encode-images",
    ["Documents", "ImageDecoding", "Kosmos", "ModelStages", "Sharding", "Tensors"]),
  .target(
    name: "FeatureTraining", dependencies: ["Kosmos", "Sharding", "Tensors", "Training"],
    path: "Benchmarks/FeatureTraining", swiftSettings: pure),
  benchmark(
    "feature-losses",
    ["Documents", "FeatureTraining", "ImageDecoding", "Kosmos", "Sharding", "Storage"]
      + ["Tensors", "Tokenization"]),
]

// From documents to corpora.
let curation: [Target] = [
  library("CPNG", "libpng", debian: "libpng-dev", path: "Sources/CImageCodecs/System/png"),
  library(
    "CJPEG", "libjpeg", debian: "libjpeg62-turbo-dev", path: "Sources/CImageCodecs/System/jpeg"),
  library("CWebP", "libwebp", debian: "libwebp-dev", path: "Sources/CImageCodecs/System/webp"),
  library("CGIF", "libgif", debian: "libgif-dev", path: "Sources/CImageCodecs/System/gif"),
  library("CLCMS", "lcms2", debian: "liblcms2-dev", path: "Sources/CImageCodecs/System/lcms"),
  .target(
    name: "CImageCodecs", dependencies: ["CGIF", "CJPEG", "CLCMS", "CPNG", "CWebP"],
    exclude: ["System"],
    // No system library: the flags of its pkg-config file are ones that SwiftPM warns of.
    linkerSettings: [.linkedLibrary("avif")]),
  .target(
    name: "ImageDecoding", dependencies: ["CImageCodecs", "Documents"], swiftSettings: strict),
  .target(name: "CLanguage", linkerSettings: [.linkedLibrary("cld2")]),
  .target(name: "LanguageIdentification", dependencies: ["CLanguage"], swiftSettings: strict),
  pureTarget("Curation", ["Documents", "LanguageIdentification", "WebAddress"]),
  pureTarget("Deduplication", ["Documents", "Storage"]),
]

// From corpora to shards, and the ledger of it all.
let shards: [Target] = [
  pureTarget(
    "Provenance", ["Compression", "Documents", "Hashing", "Storage", "WebAddress", grdb],
    embedding: ["v4-provenance.sql"]),
  .target(name: "Safetensors", dependencies: ["Storage"], swiftSettings: strict),
  library(
    "CSentencePieceSystem", "sentencepiece", debian: "libsentencepiece-dev",
    path: "Sources/CSentencePiece/System/sentencepiece"),
  .target(name: "CSentencePiece", dependencies: ["CSentencePieceSystem"], exclude: ["System"]),
  .target(
    name: "Tokenization", dependencies: ["CSentencePiece", "Documents", "Storage"],
    swiftSettings: strict),
  pureTarget("Sharding", ["Documents", "Hashing", "Safetensors", "Storage", "Tokenization"]),
  pureTarget(
    "Instructions",
    ["Compression", "Documents", "Hashing", "Sharding", "Storage", "Tokenization"]),
]

// Images from the network, where the crawl does not have them.
let fetching: [Target] = [
  library("CCurl", "libcurl", debian: "libcurl4-openssl-dev", path: "Sources/CFetch/System/curl"),
  .target(name: "CFetch", dependencies: ["CCurl"], exclude: ["System"]),
  .target(name: "HTTPExchanges", dependencies: ["CFetch", "Storage"], swiftSettings: strict),
  .target(
    name: "Fetching",
    dependencies: [
      "CFetch", "Documents", "HTTPExchanges", "Hashing", "Provenance", "Storage", "WebAddress",
    ],
    swiftSettings: strict),
]

// Objects of stores and web servers that the user names, and archives read out of them.
let stores: [Target] = [
  pureTarget("ObjectStores", ["Documents", "HTTPExchanges", "Hashing", "Storage", "WebAddress"]),
  pureTarget(
    "RemoteArchives",
    ["Compression", "Documents", "Hashing", "ObjectStores", "Storage", "WebArchive"]),
  pureTarget(
    "CommonCrawl",
    ["Compression", "Documents", "Hashing", "ObjectStores", "RemoteArchives", "Storage"]),
]

// The stages of the data half, and looking at what they made.
let pipelines: [Target] = [
  pureTarget(
    "Pipelines",
    [
      "CommonCrawl", "Compression", "Curation", "Deduplication", "Documents", "Fetching", "Hashing",
      "ImageDecoding", "Instructions", "Interleaving", "ObjectStores", "Provenance",
      "RemoteArchives", "Safetensors", "Sharding", "Storage", "Tokenization", "WebAddress",
      "WebArchive", yams,
    ],
    embedding: ["v1-pipeline.json", "weft-ray"]
      + ["kosmos-1", "obelics", "mmc4", "fineweb"].map { $0 + ".yaml" }),
  .target(
    name: "Inspection",
    dependencies: [
      "Compression", "Curation", "Documents", "Hashing", "ImageDecoding", "Instructions",
      "ObjectStores", "Provenance", "RemoteArchives", "Sharding", "Storage", "Tokenization",
      "WebArchive",
    ],
    swiftSettings: pure),
  .target(name: "Sockets", swiftSettings: strict),
  .target(
    name: "Serving",
    dependencies: [
      "Curation", "Documents", "ImageDecoding", "Inspection", "Provenance", "Sharding", "Sockets",
    ],
    swiftSettings: pure),
]

// The model half.
let model: [Target] = [
  .systemLibrary(name: "CLibTorch", pkgConfig: "torch"),
  .target(
    name: "CTorch", dependencies: ["CLibTorch"], exclude: ["gloo-declarations/README.md"],
    cxxSettings: [.headerSearchPath("gloo-declarations")]),
  .target(
    name: "Tensors", dependencies: ["CTorch", "Safetensors", "Storage"], swiftSettings: strict),
  .target(
    name: "Kosmos", dependencies: ["Documents", "Safetensors", "Storage", "Tensors"],
    swiftSettings: pure),
  .target(
    name: "ImageClassification", dependencies: ["Safetensors", "Tensors"], swiftSettings: pure),
  .target(
    name: "Training",
    dependencies: [
      "Documents", "Hashing", "ImageDecoding", "Kosmos", "Safetensors", "Sharding", "Storage",
      "Tensors", "Tokenization",
    ],
    swiftSettings: pure),
  .target(
    name: "Generation",
    dependencies: [
      "Documents", "Hashing", "ImageDecoding", "Kosmos", "Safetensors", "Storage", "Tensors",
      "Tokenization", "Training",
    ],
    swiftSettings: pure),
  .target(
    name: "ModelStages",
    dependencies: [
      "Compression", "Documents", "Hashing", "ImageClassification", "ImageDecoding", "Kosmos",
      "Pipelines", "Provenance", "Safetensors", "Sharding", "Storage", "Tensors", "Tokenization",
      "Training", "WebArchive",
    ],
    swiftSettings: pure),
]

// The command, and the program with the model in it that it hands over to.
let commands: [Target] = [
  .target(name: "CProcess"),
  .target(
    name: "Commands",
    dependencies: [
      argumentParser, "CProcess", "Curation", "Documents", "Inspection", "ObjectStores",
      "Pipelines", "Provenance", "Serving", "Storage",
    ],
    swiftSettings: strict),
  .executableTarget(name: "weft", dependencies: ["Commands"], swiftSettings: strict),
]
let modelCommand = Target.executableTarget(
  name: "weft-model", dependencies: ["Commands", "Generation", "ModelStages", "Pipelines"],
  swiftSettings: strict)

// What `make bench-train` measures.
let trainingBenchmark = benchmark("train-steps", ["Kosmos", "Safetensors", "Tensors", "Training"])

// What `make reproduce` runs: claims of the papers, small.
let experiments = Target.executableTarget(
  name: "reproduce", dependencies: ["Kosmos", "Storage", "Tensors", "Training"],
  path: "Experiments/reproduce", swiftSettings: strict)

/// The tests of a target, with what else they use.
func tests(
  _ name: String, _ others: [Target.Dependency] = [], fixtures: Bool = false
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + others,
    exclude: fixtures ? ["Fixtures"] : [], swiftSettings: strict)
}

let dataTests: [Target] = [
  .target(
    name: "TestSupport", dependencies: ["Storage"], path: "Tests/TestSupport",
    swiftSettings: strict),
  tests("Documents"),
  .target(
    name: "FuzzTargets",
    dependencies: [
      "Documents", "HTMLTree", "Hashing", "ImageDecoding", "Interleaving", "Safetensors",
      "Sharding", "Storage", "TestSupport", "WebAddress", "WebArchive",
    ], path: "Tests/FuzzTargets", swiftSettings: strict),
  tests("FuzzTargets", ["Storage"]),
  tests("Compression", ["Storage"]),
  tests("WebArchive", ["Compression", "Documents", "Hashing", "Storage"], fixtures: true),
  tests("WebAddress"),
  tests("CHTML", ["HTMLTree"]),
  tests("HTMLTree", ["Documents"]),
  tests("Interleaving", ["Documents", "HTMLTree"]),
  tests("ImageDecoding", ["Documents"], fixtures: true),
  tests("LanguageIdentification"),
  tests("Curation", ["Documents"], fixtures: true),
  tests("Deduplication", ["Documents", "Storage"]),
  tests("Provenance", ["Compression", "Documents", "Hashing", "Storage", grdb]),
  tests("Safetensors", ["Storage"], fixtures: true),
  tests("Tokenization", ["Documents", "Storage"], fixtures: true),
  tests("Sharding", ["Documents", "Hashing", "Safetensors", "Storage", "Tokenization"]),
  tests(
    "Instructions", ["Compression", "Documents", "Hashing", "Sharding", "Storage", "Tokenization"]),
  // What the tests of resuming start and kill.
  .executableTarget(
    name: "FetchProbe", dependencies: ["Fetching", "Provenance"], path: "Tests/FetchProbe",
    swiftSettings: strict),
  tests(
    "Fetching",
    [
      "Compression", "Documents", "FetchProbe", "HTTPExchanges", "Hashing", "Pipelines",
      "Provenance", "Storage",
    ]),
  // A store on loopback, for the tests of what reads from stores.
  .target(
    name: "StoreServer", dependencies: ["Documents", "Hashing", "Sockets"],
    path: "Tests/StoreServer", swiftSettings: strict),
  tests("ObjectStores", ["Documents", "Hashing", "Storage", "StoreServer"]),
  tests(
    "CommonCrawl",
    [
      "Documents", "Hashing", "ObjectStores", "RemoteArchives", "Storage", "StoreServer",
      "WebArchive",
    ]),
  tests(
    "Pipelines",
    [
      "Compression", "Curation", "Deduplication", "Documents", "Hashing", "ImageDecoding",
      "Inspection", "ObjectStores", "Provenance", "Sharding", "Storage", "StoreServer",
    ]),
  // A small run directory for the tests of what looks at runs.
  .target(
    name: "ExampleRuns",
    dependencies: [
      "Compression", "Curation", "Documents", "Hashing", "ImageDecoding", "Inspection",
      "Provenance", "Sharding", "Storage", "TestSupport", "Tokenization", "WebArchive",
    ], path: "Tests/ExampleRuns", swiftSettings: strict),
  tests(
    "Inspection",
    [
      "Compression", "Curation", "Documents", "ExampleRuns", "Hashing", "ImageDecoding",
      "Provenance", "Sharding", "Storage", "Tokenization", "WebArchive",
    ]),
  tests(
    "Serving",
    ["Documents", "ExampleRuns", "ImageDecoding", "Inspection", "Provenance", "Sockets", "Storage"]),
]

let modelTests: [Target] = [
  tests("Tensors", ["CTorch", "Safetensors"]),
  tests("Kosmos", ["Safetensors", "Tensors"], fixtures: true),
  tests(
    "ImageClassification", ["Documents", "Hashing", "ImageDecoding", "Storage", "Tensors"],
    fixtures: true),
  .testTarget(
    name: "TrainingTests",
    dependencies: [
      "Documents", "FeatureTraining", "Generation", "Hashing", "ImageDecoding", "Kosmos",
      "Safetensors", "Sharding", "Storage", "Tensors", "TestSupport", "Tokenization", "Training",
    ],
    resources: [.copy("Fixtures")], swiftSettings: strict),
  tests("ModelStages", ["Documents", "ImageDecoding", "Kosmos", "Pipelines", "Tensors"]),
  tests(
    "Generation",
    [
      "Documents", "Hashing", "ImageDecoding", "Instructions", "Kosmos", "Safetensors", "Sharding",
      "Storage", "Tensors", "Tokenization", "Training",
    ]),
  .testTarget(
    name: "EndToEndTests",
    dependencies: [
      "Compression", "Documents", "Hashing", "Provenance", "Storage", "TestSupport", "weft",
      "weft-model",
    ],
    exclude: ["Fixtures"], swiftSettings: strict),
]

// `make fuzz` alone builds it: its `main` is libFuzzer's.
let fuzzer: [Target] =
  Context.environment["WEFT_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "weft-fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzzer",
      exclude: ["archive.dict", "page.dict", "safetensors.dict"], swiftSettings: strict)
  ]

let package = Package(
  name: "weft",
  products: [.executable(name: "weft", targets: ["weft"])]
    + (withTorch ? [.executable(name: "weft-model", targets: ["weft-model"])] : []),
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: foundations + reading + [training] + benchmarks + curation + shards + fetching
    + stores + pipelines + commands
    + dataTests + fuzzer
    + (withTorch
      ? model + [modelCommand, experiments, trainingBenchmark] + modelBenchmarks + modelTests : []),
  cLanguageStandard: .gnu11,
  cxxLanguageStandard: .cxx17)
