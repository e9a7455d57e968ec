using GptImage2.Testing.Scenario;

namespace GptImage2.Backends.Tests.Contract;

public sealed class ScenarioContractTests : BackendContract<ScenarioVendor>;
