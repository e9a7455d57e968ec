namespace GptImage2.Mcp.Tools.Base;

/// <summary>All tools with what clients see of them.</summary>
internal sealed class ToolSet(IEnumerable<ITool> tools)
{
    public IReadOnlyList<(ITool Tool, Tool Definition)> All { get; } = [.. tools.Select(tool => (tool, tool.GetDefinition()))];

    public string Names => string.Join(", ", All.Select(entry => entry.Definition.Name));

    public (ITool Tool, Tool Definition)? Find(string name) => All.Where(entry => entry.Definition.Name == name).Cast<(ITool, Tool)?>().FirstOrDefault();
}
