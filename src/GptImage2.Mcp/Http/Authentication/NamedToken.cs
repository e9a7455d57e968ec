using System.Buffers.Text;
using GptImage2.Mcp.Configuration;

namespace GptImage2.Mcp.Http.Authentication;

/// <summary>A token that has a name. Only its hash is kept: it has 256 random bits, so one round of SHA-256 cannot be searched.</summary>
/// <param name="Hash">SHA-256 of the whole token.</param>
internal sealed record NamedToken(string Name, byte[] Hash)
{
    private const int MaxNameLength = 64;
    private const int RandomBytes = 32;

    /// <summary>What a name may be, for people.</summary>
    public const string NameRule = "1 to 64 letters, digits, -, _ and .";

    public static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <returns>A new token, which nobody can read again.</returns>
    public static string Generate() => BearerToken.NamedPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static byte[] ComputeHash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The line of the file.</summary>
    public string ToLine() => $"{Name}: {Convert.ToHexStringLower(Hash)}";

    /// <summary>Reads the lines of a file; problems are complete sentences.</summary>
    public static (IReadOnlyList<NamedToken> Tokens, IReadOnlyList<string> Problems) Parse(IEnumerable<string> lines)
    {
        List<NamedToken> tokens = [];
        List<string> problems = [];
        foreach (var (number, line) in lines.Index().Where(line => line.Item.Trim() is { Length: > 0 } text && text[0] is not '#'))
        {
            var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            var where = $"{SettingNames.ToVariable(TokenFile.Setting)}, line {number + 1}";

            // What is wrong may be the token itself, put there by mistake: never quoted.
            if (parts is not [var name, var hash] || !IsName(name))
            {
                problems.Add($"{where}: expected \"name: sha256\" with a name of {NameRule} but received something else.");
            }
            else if (hash.Length != 2 * SHA256.HashSizeInBytes || !hash.All(char.IsAsciiHexDigit))
            {
                problems.Add($"{where}: expected the SHA-256 of {name}'s token, 64 hexadecimal digits, but received {hash.Length} characters{(hash.StartsWith(BearerToken.NamedPrefix, StringComparison.Ordinal) ? ", which look like the token itself" : "")}.");
            }
            else if (tokens.Any(token => token.Name == name))
            {
                problems.Add($"{where}: expected each name once but received {name} again.");
            }
            else
            {
                tokens.Add(new NamedToken(name, Convert.FromHexString(hash)));
            }
        }

        return (tokens, problems);
    }
}
