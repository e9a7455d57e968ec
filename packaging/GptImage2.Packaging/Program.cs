using System.CommandLine;
using GptImage2.Packaging.Archives;
using GptImage2.Packaging.Mcpb;
using GptImage2.Packaging.Sbom;

// What packaging/release needs beyond the SDK's own commands.
return await new RootCommand("Makes what a release consists of beyond NuGet packages.") { ArchiveCommand.Create(), McpbCommand.Create(), SbomCommand.Create() }.Parse(args).InvokeAsync();
