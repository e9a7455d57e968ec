using GptImage2.Backends.Tests.Contract;

namespace GptImage2.Extensions.AI.Tests.Contract;

public sealed class OpenAIGeneratorContractTests : BackendContract<OpenAIGeneratorVendor>;
