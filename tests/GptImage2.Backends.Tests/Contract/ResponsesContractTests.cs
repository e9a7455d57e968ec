using GptImage2.Testing.OpenAI.StrictResponses;

namespace GptImage2.Backends.Tests.Contract;

public sealed class ResponsesContractTests : BackendContract<ResponsesVendor>;
