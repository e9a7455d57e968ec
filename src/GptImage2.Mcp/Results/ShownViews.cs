using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Results;

/// <summary>Remembers how each picture was last shown, so that a region in pixels of that view means what its reader saw.</summary>
internal sealed class ShownViews
{
    /// <summary>Far more pictures than a conversation is about.</summary>
    private const int Most = 1000;

    private const int LongestKey = 1000;

    private readonly ConcurrentDictionary<string, ShownView> _views = new(StringComparer.Ordinal);

    /// <param name="image">An image argument, or an id.</param>
    public void Remember(string image, ShownView view)
    {
        if (_views.Count >= Most)
        {
            _views.Clear();
        }

        _views[Key(image)] = view;
    }

    /// <returns>The view that was last shown, or null when none was, or not by this process.</returns>
    public ShownView? Of(string image) => _views.GetValueOrDefault(Key(image));

    private static string Key(string image) => image.Trim() switch
    {
        var uri when uri.StartsWith(ImageUri.Scheme, StringComparison.Ordinal) => uri[ImageUri.Scheme.Length..],
        // A whole picture as data: megabytes that need not be remembered.
        { Length: > LongestKey } data => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(data))),
        var name => name,
    };
}
