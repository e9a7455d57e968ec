using GptImage2.Backends;
using GptImage2.Generation;
using GptImage2.Imaging;

namespace GptImage2.Mcp.Tests.Repository;

public sealed class ArchitectureTests
{
    [Theory]
    [InlineData(typeof(Dimensions))]
    [InlineData(typeof(ImageWorkflow))]
    [InlineData(typeof(BackendServices))]
    public void Only_the_edge_knows_MCP(Type marker) =>
        marker.Assembly.GetReferencedAssemblies().ShouldNotContain(assembly => assembly.Name!.StartsWith("ModelContextProtocol", StringComparison.Ordinal));
}
