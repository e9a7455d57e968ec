namespace GptImage2.Mcp.Hosting;

internal sealed class Tasks;
