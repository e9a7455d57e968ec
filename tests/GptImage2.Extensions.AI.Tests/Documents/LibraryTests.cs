using System.Reflection;

namespace GptImage2.Extensions.AI.Tests.Documents;

public sealed class LibraryTests
{
    /// <summary>A program takes the abstractions and what it chooses itself; the server stays as light as it was.</summary>
    [Fact]
    public void The_library_needs_only_the_abstractions_and_no_MCP()
    {
        var referenced = typeof(GptImageServices).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToArray();

        referenced.ShouldContain("Microsoft.Extensions.AI.Abstractions");
        referenced.ShouldNotContain("Microsoft.Extensions.AI");
        referenced.ShouldNotContain(name => name.StartsWith("ModelContextProtocol", StringComparison.Ordinal) || name.StartsWith("OpenAI", StringComparison.Ordinal) || name == "gptimage2-mcp");
    }

    [Fact]
    public void The_server_does_not_know_the_library() =>
        Assembly.Load("gptimage2-mcp").GetReferencedAssemblies().ShouldNotContain(assembly => assembly.Name == "GptImage2.Extensions.AI" || assembly.Name == "Microsoft.Extensions.AI");
}
