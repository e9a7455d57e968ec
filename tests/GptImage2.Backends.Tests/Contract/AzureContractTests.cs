using GptImage2.Testing.Azure;

namespace GptImage2.Backends.Tests.Contract;

public sealed class AzureContractTests : BackendContract<AzureVendor>;
