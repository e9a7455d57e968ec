using System.Diagnostics;

namespace GptImage2.Backends.Http;

/// <summary>A key or token. Only <see cref="Reveal"/> shows it: no log, record or debugger does.</summary>
[DebuggerDisplay("(secret)")]
public sealed class Secret(string value)
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value = value.Trim();

    /// <summary>Whether it can be sent at all: visible ASCII, without spaces.</summary>
    public bool IsSendable => _value is not "" && !_value.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>For the one header that carries it.</summary>
    public string Reveal() => _value;

    public override string ToString() => "(secret)";
}
