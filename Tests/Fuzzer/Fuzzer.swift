import FuzzTargets
import Glibc

/// The target that `WEFT_FUZZ_TARGET` names.
private let target: FuzzTarget = {
  guard let name = getenv("WEFT_FUZZ_TARGET"),
    let target = FuzzTarget(rawValue: String(cString: name))
  else { fatalError("WEFT_FUZZ_TARGET names no target; run `make fuzz`") }
  return target
}()

/// What libFuzzer, whose `main` this program has, calls with the bytes it made.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
