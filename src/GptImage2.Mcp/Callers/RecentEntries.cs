using System.Diagnostics.CodeAnalysis;

namespace GptImage2.Mcp.Callers;

/// <summary>The entries that were used last; the others are forgotten. Not for several threads at once.</summary>
internal sealed class RecentEntries<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> _nodes = [];

    /// <summary>The one that was used last comes first.</summary>
    private readonly LinkedList<KeyValuePair<TKey, TValue>> _order = [];

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            value = default;
            return false;
        }

        _order.Remove(node);
        _order.AddFirst(node);
        value = node.Value.Value;
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        if (_nodes.Remove(key, out var known))
        {
            _order.Remove(known);
        }
        else if (_nodes.Count >= capacity)
        {
            _nodes.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }

        _nodes[key] = _order.AddFirst(KeyValuePair.Create(key, value));
    }
}
