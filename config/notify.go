package config

import (
	"slices"
	"strings"

	"herald/config/address"
	"herald/config/number"
	"herald/source/text"
)

func (b *builder) notify(v *value) Notify {
	n := Notify{
		Delay:       v.get("delay").duration(),
		MinInterval: v.get("min_interval").duration(),
		Verify:      b.verify(v.get("verify")),
		DryRun:      v.get("dry_run").bool(),
		IndexNow:    b.indexNow(v.get("indexnow")),
		WebSub:      b.webSub(v.get("websub")),
	}
	for _, k := range v.key.keys {
		if list := v.get(k.name); k.list && k.kind == plain && list.given {
			if n.Others == nil {
				n.Others = map[string][]string{}
			}
			n.Others[k.name] = b.targets(list)
		}
	}
	return n
}

func (b *builder) verify(v *value) Verify {
	on, err := number.Bool(v.text)
	if v.bad || err == nil {
		return Verify{Off: !on}
	}
	u, err := address.WebURL(v.text)
	if err != nil || u.RawQuery != "" {
		b.faults.of(v, "must be true, false, or the absolute base URL to look at")
		return Verify{}
	}
	return Verify{Base: strings.TrimRight(u.String(), "/")}
}

func (b *builder) indexNow(v *value) IndexNow {
	n := IndexNow{On: v.on(), Endpoints: []string{"https://api.indexnow.org/indexnow"}}
	if !n.On {
		return IndexNow{}
	}
	if k := v.get("key"); k.text != "auto" {
		n.Key = k.text
		if !text.IsIndexNowKey(n.Key) {
			b.faults.of(k, "must be 8 to 128 of a-z, A-Z, 0-9 and -, or auto")
		}
	}
	if e := v.get("endpoints"); e.given {
		n.Endpoints = b.targets(e)
		if len(e.items) == 0 {
			b.faults.of(e, "names nobody; leave it out for the default, or set notify.indexnow: false")
		}
	}
	return n
}

func (b *builder) webSub(v *value) WebSub {
	hubs := v.get("hubs")
	if v.given && len(hubs.items) == 0 && !v.get("own").given {
		b.faults.of(hubs, "is required: at least one hub")
	}
	return WebSub{Hubs: b.targets(hubs)}
}

// targets reads the addresses that are told, each once.
func (b *builder) targets(v *value) []string {
	var all []string
	for _, item := range v.items {
		u := parsed(b, item, address.WebURL)
		if u == nil {
			continue
		}
		if replaced := address.DeadPing(u); replaced != "" {
			b.faults.of(item, "nobody listens there any more: %s", replaced)
			continue
		}
		if slices.Contains(all, u.String()) {
			b.faults.of(item, "is named twice")
		}
		all = append(all, u.String())
	}
	return all
}
