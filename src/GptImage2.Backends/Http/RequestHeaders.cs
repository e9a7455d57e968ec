using System.Reflection;

namespace GptImage2.Backends.Http;

/// <summary>Headers of outgoing requests. They are added without validation, whose exceptions quote values.</summary>
internal static class RequestHeaders
{
    private static readonly string UserAgent =
        $"GptImage2.Mcp/{typeof(RequestHeaders).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    extension(HttpRequestMessage request)
    {
        public void AddUserAgent() => request.AddHeader("User-Agent", UserAgent);

        public void AddBearer(Secret key) => request.AddHeader("Authorization", $"Bearer {key.Reveal()}");

        /// <summary>Blank values are left out.</summary>
        public void AddHeader(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                request.Headers.TryAddWithoutValidation(name, value.Trim());
            }
        }
    }
}
