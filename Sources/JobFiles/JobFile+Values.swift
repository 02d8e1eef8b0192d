/// Values by the rows of each group.
///
/// The compiler prefers these to the key paths of the whole catalogue, which lead through a group: such a key path is
/// made anew at each use, which would take most of the time of checking a job file.
extension JobFile {
  package subscript<Value>(dynamicMember path: KeyPath<PredictionParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.prediction[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<DataParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.data[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<NetworkParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.network[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<ObjectiveParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.objective[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<TrainingParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.training[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<ScoringParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.scoring[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<ValidationParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.validation[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<OutputParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.output[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<HoldOutParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.holdOut[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<RecipeParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.recipe[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<GridParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.grid[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<ReadingParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.reading[keyPath: path])
  }
  package subscript<Value>(dynamicMember path: KeyPath<JobFileParameters, Parameter<Value>>) -> Value {
    value(ParameterCatalogue.shared.jobFile[keyPath: path])
  }
}
