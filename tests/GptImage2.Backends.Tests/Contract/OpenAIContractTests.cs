using GptImage2.Testing.OpenAI;

namespace GptImage2.Backends.Tests.Contract;

public sealed class OpenAIContractTests : BackendContract<OpenAIVendor>;
