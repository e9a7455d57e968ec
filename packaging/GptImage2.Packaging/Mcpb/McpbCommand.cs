using System.CommandLine;

namespace GptImage2.Packaging.Mcpb;

/// <summary>Makes the bundle that Claude Desktop installs with a double click.</summary>
internal static class McpbCommand
{
    public static Command Create()
    {
        var published = new Option<DirectoryInfo>("--published") { Description = "The server as it was published for the platform.", Required = true };
        var platform = new Option<string>("--platform") { Description = "Which that is, for example osx-arm64.", Required = true };
        var server = new Option<FileInfo>("--server") { Description = "The same server for this machine, which is asked for its tools and prompts.", Required = true };
        var repository = new Option<DirectoryInfo>("--repository") { Description = "The folder with the icon and the licence.", Required = true };
        var bundle = new Option<FileInfo>("--output") { Description = "The file to write.", Required = true };
        var command = new Command("mcpb", "A bundle for Claude Desktop.") { published, platform, server, repository, bundle };
        command.SetAction(async (line, cancellationToken) =>
        {
            var description = await ServerDescription.AskAsync(line.GetRequiredValue(server).FullName, cancellationToken);
            await Bundle.WriteAsync(
                line.GetRequiredValue(bundle).FullName,
                Manifest.Create(description, line.GetRequiredValue(platform)),
                line.GetRequiredValue(published).FullName,
                line.GetRequiredValue(repository).FullName,
                cancellationToken);
        });
        return command;
    }
}
