import Documents
import Storage
import TestSupport
import Testing
import Training

/// The golden bytes were written by Python's `tensorboard` 2.21: see `Fixtures/README.md`.
struct EventFileTests {
  @Test func writesWhatTensorBoardReads() throws {
    let directory = TemporaryDirectory()
    let file = try EventFile(directory: directory.path, finishedSteps: 100, time: 1_700_000_000.5)
    try file.append(
      [.init("loss/text", 2.5), .init("learningRate", 1e-4)], step: 101, time: 1_700_000_001)
    let bytes = try FileSystem.read(
      directory.path + "/events.out.tfevents.0000000100.weft")
    #expect(Hexadecimal.encode(bytes) == Self.golden)
  }

  @Test func beginsAgainWhereARunBeginsAgain() throws {
    let directory = TemporaryDirectory()
    let path = directory.path + "/events.out.tfevents.0000000000.weft"
    _ = try EventFile(directory: directory.path, finishedSteps: 0, time: 1)
    let once = try FileSystem.read(path)
    _ = try EventFile(directory: directory.path, finishedSteps: 0, time: 1)
    #expect(try FileSystem.read(path) == once)
  }

  private static let golden = """
    1a00000000000000129bd82d0900002040fc54d94110641a0d627261696e2e4576656e743a321fe5\
    b8660f000000000000006d532b090900002040fc54d94110653a0208014da449a834000000000000\
    005e33175c0900004040fc54d94110652a270a100a096c6f73732f7465787415000020400a130a0c\
    6c6561726e696e67526174651517b7d138dc7e2589
    """
}
