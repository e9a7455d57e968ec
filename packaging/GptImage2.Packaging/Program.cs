using System.CommandLine;
using GptImage2.Packaging.Mcpb;

// What packaging/build needs beyond the SDK's own commands.
return await new RootCommand("Makes what a release consists of beyond NuGet packages.") { McpbCommand.Create() }.Parse(args).InvokeAsync();
