"""Records what transformers makes of messages by templates of the usual families, for test/llama-chat-templates.test.ts.

    python recipes/pytorch/reference/record-chat-templates.py   (needs: pip install transformers jinja2)

The templates are small ones of our own in the style of each family.
"""
import json
import pathlib

from tokenizers import Tokenizer, models
from transformers import PreTrainedTokenizerFast

TEMPLATES = {
    "chatml": "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
              "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
    "llama3": "{{ bos_token }}{% for m in messages %}<|start_header_id|>{{ m['role'] }}<|end_header_id|>\n\n"
              "{{ m['content'] | trim }}<|eot_id|>{% endfor %}"
              "{% if add_generation_prompt %}<|start_header_id|>assistant<|end_header_id|>\n\n{% endif %}",
    "gemma": "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system role') }}{% endif %}"
             "{% for m in messages %}<start_of_turn>{{ 'model' if m['role'] == 'assistant' else m['role'] }}\n"
             "{{ m['content'] | trim }}<end_of_turn>\n{% endfor %}{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}",
    "mistral": "{{ bos_token }}{% set ns = namespace(told='') %}{% for m in messages %}"
               "{% if m['role'] == 'system' %}{% set ns.told = m['content'] + '\n\n' %}"
               "{% elif m['role'] == 'user' %}[INST] {{ ns.told }}{{ m['content'] }} [/INST]{% set ns.told = '' %}"
               "{% else %} {{ m['content'] }}{{ eos_token }}{% endif %}{% endfor %}",
    "deepseek": "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'system' %}{{ m['content'] }}\n\n"
                "{% elif m['role'] == 'user' %}<|User|>{{ m['content'] }}{% else %}<|Assistant|>{{ m['content'] }}{{ eos_token }}"
                "{% endif %}{% endfor %}{% if add_generation_prompt %}<|Assistant|>{% endif %}",
}
TALKS = {
    "one": [{"role": "user", "content": "Write of the moon."}],
    "system": [{"role": "system", "content": "You are a poet."}, {"role": "user", "content": "床前明月光"}],
    "turns": [{"role": "user", "content": "Who are you?"}, {"role": "assistant", "content": "A poet."},
              {"role": "user", "content": "Write."}],
}
tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=Tokenizer(models.WordLevel({"<s>": 0, "</s>": 1, "<unk>": 2}, unk_token="<unk>")),
    bos_token="<s>", eos_token="</s>", unk_token="<unk>")
record = {}
for name, template in TEMPLATES.items():
    texts, opened = {}, {}
    for talk, messages in TALKS.items():
        try:
            texts[talk] = tokenizer.apply_chat_template(messages, chat_template=template, tokenize=False, add_generation_prompt=True)
            said = [*messages, {"role": "assistant", "content": "ANSWER"}]
            opened[talk] = tokenizer.apply_chat_template(said, chat_template=template, tokenize=False).split("ANSWER")[0]
        except Exception as error:  # the template raises: this family has no such role
            assert "no system role" in str(error), error
            texts[talk] = opened[talk] = None
    record[name] = {"template": template, "texts": texts, "opened": opened}
path = pathlib.Path(__file__).parents[3] / "src/drivers/llama/fixtures/chat-templates.json"
path.write_text(json.dumps({"talks": TALKS, "families": record}, ensure_ascii=False, indent=1) + "\n")
print(path.stat().st_size)
