using GptImage2.Mcp.Server;
using GptImage2.Mcp.Tests.Repository;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Prompts.Templates;

public sealed class DocumentedTemplateTests
{
    [Fact]
    public async Task The_template_in_the_documents_works()
    {
        var folder = Directory.CreateTempSubdirectory("templates-");
        var example = RepositoryRoot.Read("docs/templates.md").Split("````")[1]["markdown\n".Length..];
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "album-cover.md"), example, TestContext.Current.CancellationToken);
        await using var harness = await McpHost.StartAsync([("GPTIMAGE2_TEMPLATES", folder.FullName)], cancellationToken: TestContext.Current.CancellationToken);

        harness.Services.GetRequiredService<TemplateValidator>().FindProblems().ShouldBeEmpty();
        (await harness.Client.ListPromptsAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldContain(prompt => prompt.Name == "album-cover");

        folder.Delete(recursive: true);
    }
}
