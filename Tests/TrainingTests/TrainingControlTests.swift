import Dispatch
import Testing
import Training

@Suite("Requests to stop training")
struct TrainingControlTests {
  @Test("the strongest request wins, in any order")
  func strongest() {
    let control = TrainingControl()
    control.stop(.suspend)
    #expect(control.stopRequest == .suspend)
    control.stop(.cancel)
    control.stop(.suspend)
    control.stop(.finish)
    #expect(control.stopRequest == .cancel)
  }

  @Test("concurrent suspensions do not override a cancellation")
  func concurrent() {
    for _ in 0..<2000 {
      let control = TrainingControl()
      DispatchQueue.concurrentPerform(iterations: 4) { control.stop($0 == 1 ? .cancel : .suspend) }
      #expect(control.stopRequest == .cancel)
    }
  }

  @Test("a model receives the requests to its job; a fold ignores requests to finish")
  func parents() {
    let job = TrainingControl()
    let (model, fold) = (TrainingControl(parent: job), TrainingControl(parent: job, ignoresFinish: true))
    model.allowFinish()
    #expect(job.finish())
    #expect(model.stopRequest == .finish && fold.stopRequest == .none)
    job.stop(.cancel)
    #expect(model.stopRequest == .cancel && fold.stopRequest == .cancel)
  }
}
