using System.Text;
using Quarry.Kql.Functions.Text;

namespace Quarry.Kql.Functions.Addresses;

/// <summary>Many ranges, by the length of their prefix: an address is looked up once a length, however many ranges there are.</summary>
internal sealed class AddressRanges
{
    private readonly Dictionary<int, HashSet<UInt128>> _networks = [];

    /// <summary>Reads a dynamic array.</summary>
    public AddressRanges(byte[] json, bool v4)
    {
        foreach (string text in JsonTexts.Flatten(json))
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text);
            if (v4 ? Address.TryParseV4(utf8, out Address range) : Address.TryParse(utf8, out range))
            {
                if (!_networks.TryGetValue(range.Prefix, out HashSet<UInt128>? networks))
                {
                    _networks[range.Prefix] = networks = [];
                }

                networks.Add(range.Network);
            }
            else
            {
                HasInvalid = true;
            }
        }
    }

    /// <summary>Whether one of them is no range.</summary>
    public bool HasInvalid { get; }

    /// <summary>Whether one of them has an address.</summary>
    public bool Contain(Address address)
    {
        foreach ((int prefix, HashSet<UInt128> networks) in _networks)
        {
            if (networks.Contains(Address.Masked(address.Network, prefix)))
            {
                return true;
            }
        }

        return false;
    }
}
